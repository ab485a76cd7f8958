// Attention by onnxruntime-node, for compare.py. NODE_PATH says where the package is.
// Reads lines "heads queries keys d causal", answers the processor seconds of one call each.
const ort = require('onnxruntime-node');
const readline = require('readline');

// ---- a model of one operator, as protocol buffers ----
const varint = n => {
  const out = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n & 127) | 128);
  return [...out, n];
};
const int = (field, n) => [...varint(field * 8), ...varint(n)];
const bytes = (field, b) => [...varint(field * 8 + 2), ...varint(b.length), ...b];
const text = (field, s) => bytes(field, [...Buffer.from(s)]);
const attribute = (name, n) => bytes(5, [...text(1, name), ...int(3, n), ...int(20, 2)]);
const value = (field, name, shape) =>
  bytes(field, [...text(1, name), ...bytes(2, bytes(1, [
    ...int(1, 1), ...bytes(2, shape.flatMap(n => bytes(1, int(1, n))))]))]);

function model(H, T, S, d, causal) {
  const node = [...text(1, 'q'), ...text(1, 'k'), ...text(1, 'v'), ...text(2, 'o'),
    ...text(4, 'MultiHeadAttention'), ...attribute('num_heads', H),
    ...attribute('unidirectional', causal), ...text(7, 'com.microsoft')];
  const graph = [...bytes(1, node), ...text(2, 'attention'), ...value(11, 'q', [1, T, H * d]),
    ...value(11, 'k', [1, S, H * d]), ...value(11, 'v', [1, S, H * d]),
    ...value(12, 'o', [1, T, H * d])];
  const opset = (domain, version) => bytes(8, [...text(1, domain), ...int(2, version)]);
  return Uint8Array.from([...int(1, 8), ...bytes(7, graph), ...opset('', 17),
    ...opset('com.microsoft', 1)]);
}

const operand = (n, wide) => {
  const x = Float32Array.from({ length: n * wide }, () => Math.random() * 2 - 1);
  return new ort.Tensor('float32', x, [1, n, wide]);
};

const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) * 1e-6; };

async function seconds(H, T, S, d, causal) {
  const session = await ort.InferenceSession.create(model(H, T, S, d, causal),
    { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const feeds = { q: operand(T, H * d), k: operand(S, H * d), v: operand(S, H * d) };
  await session.run(feeds);
  const start = cpu();
  let calls = 0, now;
  do {
    await session.run(feeds);
    calls++;
    now = cpu();
  } while (now - start < 0.01);
  await session.release();
  return (now - start) / calls;
}

console.log('onnxruntime-node ' + require('onnxruntime-node/package.json').version);
(async () => {
  for await (const line of readline.createInterface({ input: process.stdin }))
    console.log(await seconds(...line.split(' ').map(Number)));
})();
