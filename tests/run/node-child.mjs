// Runs the cases of one topic in Node or Deno. Started by run.mjs with an IPC channel; one message {package, file, topic, facts,
// only, done (names of cases to leave out)} in, messages {started}, {result} and {done} out.

import { createRequire } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { runCases, Suite } from './harness.mjs';
import { forwarding, installHost } from './host.mjs';

async function main(job) {
    const { host, clear } = installHost();
    if (job.facts.early) globalThis.wbt = forwarding(host);
    const w = job.commonjs ? createRequire(import.meta.url)(job.package) : await import(pathToFileURL(job.package).href);
    globalThis.wbt = host;
    const suite = new Suite(w, host, { ...job.facts, gc: globalThis.gc });
    suite.topic = job.topic;
    (await import(job.file)).register(suite);
    const only = new RegExp(job.only);
    const done = new Set(job.done);
    const wanted = (name) => only.test(name) && !done.has(name);
    await runCases(suite, clear, wanted, (started) => process.send({ started }), (result) => process.send({ result }));
    return suite.checks;
}

process.once('message', (job) => {
    main(job).then(
        (checks) => process.send({ done: { checks } }, () => process.disconnect()),
        (e) => process.send({ done: { error: String(e), where: String(e?.stack).split('\n').slice(0, 4).join(' ') } }, () => process.disconnect()),
    );
});
