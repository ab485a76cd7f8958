#!/usr/bin/env python3
"""Writes RESULTS.md: the goals of the engine beside what is measured here, and beside its peers.

    make -C build bench && bench/compare.py [rounds] > bench/RESULTS.md

Programs that stay alive take turns, round after round: this project's attn_bench, NumPy and PyTorch
(of /usr/bin/python3, or of the interpreter in PEER_PYTHON), onnxruntime-node (found by NODE_PATH).
What is missing is left out. Every figure is the median of the rounds' ratios, with half of the
distance between its quartiles; on one thread processor time counts, so that a busy machine
disturbs less.
"""
import os
import platform
import shutil
import statistics
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BUILD = os.environ.get('QKV_BUILD', os.path.join(TOP, 'build'))
QKV = os.environ.get('QKV', os.path.join(BUILD, 'src', 'qkv'))
PYTHON = os.environ.get('PEER_PYTHON', '/usr/bin/python3')
ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 9
PLAIN = {k: v for k, v in os.environ.items() if not k.startswith(('OPENBLAS_', 'ATEN_', 'OMP_'))}
ONE = dict(PLAIN, OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')


class Peer:
    """A program that answers a line by a line."""

    def __init__(self, command, env, hello=True):
        self.process = subprocess.Popen(command, env=env, text=True, bufsize=1,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.about = self.process.stdout.readline().strip() if hello else ''
        self.alive = bool(self.about) or not hello

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return [float(x) for x in self.process.stdout.readline().split()]


def middle(xs):
    return statistics.median(xs)


def spread(xs):
    if len(xs) < 4:
        return 0.0
    low, _, high = statistics.quantiles(xs, n=4)
    return (high - low) / 2


def figure(xs):
    return f'{middle(xs):.2f} ± {spread(xs):.2f}'


def table(head, rows):
    print('| ' + ' | '.join(head) + ' |')
    print('|' + '---|' * len(head))
    for row in rows:
        print('| ' + ' | '.join(row) + ' |')
    print(flush=True)


def verdict(value, least, goal, smaller=False):
    better = (lambda a, b: a <= b) if smaller else (lambda a, b: a >= b)
    return 'goal' if better(value, goal) else 'at least' if better(value, least) else 'missed'


def rate(answer):
    return answer[1] / answer[0]


# ---- the sections ---------------------------------------------------------------------------

SGEMM_GOALS = [('n 512', .80, .90), ('n 512 causal', .65, .78), ('n 1024', .85, 1.0),
               ('n 1024 causal', .80, .93), ('n 2048', .85, 1.0), ('n 2048 causal', .85, .97),
               ('n 4096', .85, 1.0), ('n 4096 causal', .85, .97)]
SHAPES = ['n 1000 (ragged)', 'd 32', 'd 80', 'd 128', 'd 256', 'd 96, d_v 40', 'T 300, S 2048',
          'T 10, S 2048', 'GQA 12/3', 'window, by mask', 'window 128 of 4096', 'window causal',
          'dilated 128 x 4', 'lengths', 'ALiBi causal', 'blocks of 64', 'blocks of 32',
          'blocks of 16', 'random blocks of 64']
DECODES = ['decode n 4096', 'decode GQA 12/3', 'decode MQA 12/1']
PEER_SHAPES = [(64, 12), (512, 12), (1024, 12), (2048, 4), (4096, 2)]


def against_sgemm(qkv):
    print('## Attention forward against SGEMM 1024³\n')
    rows = []
    for name, least, goal in SGEMM_GOALS:
        xs = [rate(qkv.ask('case ' + name)) / rate(qkv.ask('sgemm')) for _ in range(ROUNDS)]
        rows.append([name, f'{least:.2f}', f'{goal:.2f}', figure(xs),
                     verdict(middle(xs), least, goal)])
    table(['d = 64', 'at least', 'goal', 'of SGEMM', ''], rows)


def against_dense(qkv):
    print('## Other shapes and patterns, per score kept, against dense n = 1024, d = 64\n')
    rows = []
    for name in SHAPES:
        xs = [rate(qkv.ask('case ' + name)) / rate(qkv.ask('case n 1024')) for _ in range(ROUNDS)]
        rows.append([name, '0.60', '0.80', figure(xs), verdict(middle(xs), .6, .8)])
    table(['case', 'at least', 'goal', 'of dense', ''], rows)


def decoding(qkv):
    print('## Decoding: bytes of keys and values a second, against a plain loop that reads as many\n')
    rows = []
    for name in DECODES:
        xs, times = [], []
        for _ in range(ROUNDS):
            read, answer = qkv.ask('read')[0], qkv.ask('case ' + name)
            xs.append(answer[2] / answer[0] / read)
            times.append(answer)
        goals = ('0.85', '0.95') if name == DECODES[0] else ('', '')
        mark = verdict(middle(xs), .85, .95) if name == DECODES[0] else ''
        rows.append([name, *goals, figure(xs), f'{middle([t[0] for t in times]) * 1e6:.0f} µs, '
                     f'{middle([t[2] / t[0] for t in times]) * 1e-9:.1f}', mark])
    table(['case', 'at least', 'goal', 'of reading', 'a step, GB/s', ''], rows)
    print('More than 1: the kernel asks for memory earlier than the loop does.\n')


def backward(qkv):
    print('## Forward and backward, in units of forward\n')
    rows = []
    for name, _, _ in SGEMM_GOALS:
        answers = [qkv.ask('backward ' + name) for _ in range(ROUNDS)]
        xs = [(f + b) / f for f, b in answers]
        rows.append([name, '4.00', '3.30', figure(xs), verdict(middle(xs), 4, 3.3, True)])
    table(['case', 'at most', 'goal', 'times forward', ''], rows)


def memory_and_errors(qkv):
    print('## Memory beyond operands and results, and errors\n')
    small, large = (qkv.ask('case ' + name)[3] for name in ('n 1024', 'n 8192'))
    rows = [['scratch at n = 8192 against n = 1024', 'equal, at most 256 KB',
             f'{large:,.0f} and {small:,.0f} bytes',
             'goal' if large <= small and large <= 256 * 1024 else 'missed']]
    worst = max((qkv.ask('error ' + name)[0], name) for name in
                ['n 512', 'n 1024 causal', 'd 256', 'GQA 12/3', 'lengths', 'ALiBi causal',
                 'blocks of 64'])
    rows.append(['largest error against float64, values up to 1', '1e-6, goal 3.5e-7',
                 f'{worst[0]:.1e} ({worst[1]})', verdict(worst[0], 1e-6, 3.5e-7, True)])
    table(['what', 'wanted', 'measured', ''], rows)


def small_case(qkv):
    print('## Six tokens, d = 8\n')
    kernel = [qkv.ask('case n 6, d 8')[0] * 1e6 for _ in range(ROUNDS)]
    code = ('import torch, torch.nn.functional as F\nq = torch.randn(6, 8)\n'
            'print(qkv.timeit(lambda: F.scaled_dot_product_attention(q, q, q)))')
    typed = []
    for _ in range(ROUNDS):
        out = subprocess.run([QKV, '--norc', '-c', code], env=PLAIN, text=True, capture_output=True)
        typed.append(float(out.stdout.split()[-1]) * 1e6)
    table(['what', 'at most', 'goal', 'µs', ''],
          [['kernel', '1', '0.3', figure(kernel), verdict(middle(kernel), 1, .3, True)],
           ['called in the dialect', '20', '5', figure(typed), verdict(middle(typed), 20, 5, True)]])


def threads(qkv):
    count = os.cpu_count() or 1
    if count < 2:
        return
    print(f'## Two threads against one, by the clock (of {count} processors)\n')
    if os.getloadavg()[0] > count:
        print('Not measured: other programs kept the processors busy. Run this again on a quiet '
              'machine.')
        return
    rows = []
    for name in ['n 512', 'n 1024 causal', 'n 4096', 'decode MQA 12/1', 'backward n 1024']:
        xs = []
        for _ in range(ROUNDS):
            took = []
            for n in (1, 2):
                qkv.ask(f'threads {n}')
                answer = qkv.ask(name if name.startswith('backward') else 'case ' + name)
                took.append(sum(answer) if name.startswith('backward') else answer[0])
            xs.append(took[0] / took[1])
        rows.append([name, '1.60', '1.90', figure(xs), verdict(middle(xs), 1.6, 1.9)])
    qkv.ask('threads 1')
    table(['case', 'at least', 'goal', 'times as fast', ''], rows)


def against_peers(qkv, peers):
    print('## Against peers, one thread: their time in units of this project\'s\n')
    rows = []
    for n, heads in PEER_SHAPES:
        for causal in (0, 1):
            ratios = {name: [] for name in peers}
            for _ in range(ROUNDS):
                ours = qkv.ask(f'case n {n}' + (' causal' if causal else ''))[0]
                for name, peer in peers.items():
                    ratios[name].append(peer.ask(f'{heads} {n} {n} 64 {causal}')[0] / ours)
            best = min(middle(xs) for xs in ratios.values())
            least, goal = (2.8, 3.7) if causal else (1.15, 1.35)
            mark = verdict(best, least, goal) if n >= 512 else ''
            rows.append([str(n), 'yes' if causal else 'no', *(figure(xs) for xs in ratios.values()),
                         f'{best:.2f}', mark])
    table(['n', 'causal', *peers, 'best', ''], rows)
    print('Wanted of the best peer, n = 512 to 4096: 1.15 (goal 1.35), causal 2.8 (goal 3.7).\n')


def training(core):
    print('## A training step of a small GPT (bench/train.py), one thread\n')
    script = os.path.join(TOP, 'bench', 'train.py')
    tuned = dict(ONE, OPENBLAS_CORETYPE=core, ATEN_CPU_CAPABILITY='avx512')
    ways = {'qkv': ([QKV, '--norc', script], PLAIN), 'PyTorch tuned': ([PYTHON, script], tuned),
            'PyTorch as installed': ([PYTHON, script], ONE)}
    took = {name: [] for name in ways}
    for _ in range(max(3, ROUNDS // 3)):
        for name, (command, env) in ways.items():
            out = subprocess.run(command, env=env, text=True, capture_output=True)
            if out.returncode == 0:
                took[name].append(float(out.stdout.split()[-1]))
    rows = []
    for name, least, goal in [('PyTorch tuned', 1.1, 1.25), ('PyTorch as installed', 3, 3.5)]:
        if took[name] and took['qkv']:
            xs = [a / b for a, b in zip(took[name], took['qkv'])]
            rows.append([name, f'{least}', f'{goal}', figure(xs), verdict(middle(xs), least, goal)])
    ours = middle(took['qkv'] or [float('nan')])
    print(f'qkv: {ours * 1e3:.0f} ms a step, {16 * 64 / ours:,.0f} tokens a second.\n')
    table(['against', 'at least', 'goal', 'their time in ours', ''], rows)


# ---- the whole --------------------------------------------------------------------------------

def processor():
    try:
        with open('/proc/cpuinfo') as f:
            return next(line.split(':')[1].strip() for line in f if line.startswith('model name'))
    except (OSError, StopIteration):
        return platform.machine()


def find_peers(core):
    script, node = os.path.join(TOP, 'bench', 'peer.py'), shutil.which('node')
    tuned = dict(ONE, OPENBLAS_CORETYPE=core, ATEN_CPU_CAPABILITY='avx512')
    made = {'NumPy tuned': Peer([PYTHON, script, 'numpy'], tuned),
            'PyTorch tuned': Peer([PYTHON, script, 'torch'], tuned),
            'NumPy as installed': Peer([PYTHON, script, 'numpy'], ONE),
            'PyTorch as installed': Peer([PYTHON, script, 'torch'], ONE)}
    if node:
        made['onnxruntime'] = Peer([node, os.path.join(TOP, 'bench', 'peer_onnx.cjs')], PLAIN)
    return {name: peer for name, peer in made.items() if peer.alive}


def main():
    qkv = Peer([os.path.join(BUILD, 'bench', 'attn_bench'), '1', 'serve'], PLAIN, hello=False)
    qkv.process.stdin.write('about\n')
    about = qkv.process.stdout.readline().strip()
    core = about.split(' kernels')[-2].split()[-1] if about.count(' kernels') > 1 else 'Haswell'
    peers = find_peers(core)
    print('# What the engine does on one machine\n')
    print(f'{processor()}, {os.cpu_count()} processors, with {os.getloadavg()[0]:.1f} other '
          f'programs running at the start; {about}. ' + ', '.join(sorted({p.about for p in peers.values()})) + '.\n')
    print(f'Written by `bench/compare.py {ROUNDS}`: medians of {ROUNDS} rounds in turns ± half the '
          'distance between the quartiles. "Tuned" tells OpenBLAS and PyTorch of the '
          f'processor (`OPENBLAS_CORETYPE={core} ATEN_CPU_CAPABILITY=avx512`). What is marked '
          '"missed" is under "at least".\n', flush=True)
    against_sgemm(qkv)
    against_peers(qkv, peers)
    against_dense(qkv)
    backward(qkv)
    decoding(qkv)
    memory_and_errors(qkv)
    small_case(qkv)
    training(core)
    threads(qkv)


main()
