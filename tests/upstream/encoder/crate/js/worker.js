// "worker"
onmessage = () => {};
