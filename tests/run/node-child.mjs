// Runs the cases of one topic in Node or Deno. Started by run.mjs with an IPC channel; one message {package, file, topic, facts, only,
// skip} in, messages {started}, {result} and {done} out.

import { createRequire } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { runCases, Suite } from './harness.mjs';
import { installHost } from './host.mjs';

async function main(job) {
    const { host, clear } = installHost();
    const w = job.commonjs ? createRequire(import.meta.url)(job.package) : await import(pathToFileURL(job.package).href);
    const suite = new Suite(w, host, { ...job.facts, gc: globalThis.gc });
    suite.topic = job.topic;
    (await import(job.file)).register(suite);
    const only = new RegExp(job.only);
    const skip = new Set(job.skip);
    const wanted = (name) => only.test(name) && !skip.has(name);
    await runCases(suite, clear, wanted, (started) => process.send({ started }), (result) => process.send({ result }));
    return suite.checks;
}

process.once('message', (job) => {
    main(job).then(
        (checks) => process.send({ done: { checks } }, () => process.disconnect()),
        (e) => process.send({ done: { error: String(e.stack ?? e).split('\n').slice(0, 4).join(' ') } }, () => process.disconnect()),
    );
});
