### factorisations, batched
import torch
L = torch.linalg
torch.manual_seed(0)
A = torch.randn(2, 3, 3) + 3 * torch.eye(3)
S = A @ A.mT + torch.eye(3)
B = torch.randn(2, 3, 2)
torch.manual_seed(30)
W, N = torch.randn(2, 4, 3), torch.randn(3, 5)
def show(*ts):
    for t in ts: print(t, tuple(t.shape), t.stride(), t.dtype)
show(L.inv(A), torch.inverse(A), L.inv(A.double()), A.inverse())
print(L.inv_ex(A))
show(L.solve(A, B), L.solve(A[0], B[0, :, 0]), L.solve(A, B.mT, left=False), L.solve(A[0], B), L.solve(A, B[..., 0]).contiguous(), L.solve(A, torch.ones(3, 1)))
show(L.det(A.double()), torch.det(A[0].double()), A.double().det(), torch.logdet(S), torch.logdet(-S), S.logdet())
print(L.slogdet(A), torch.slogdet(S), A[0].slogdet())
print(L.qr(W), L.qr(N), L.qr(W, mode='complete'), L.qr(N, 'r'), torch.qr(W[0]), W[0].qr(some=False))
print(L.cholesky(S), L.cholesky(S, upper=True), torch.cholesky(S[0]), L.cholesky_ex(S), S[1].cholesky())
print(L.eigvalsh(S), L.eigvalsh(S, UPLO='U'), torch.symeig(S).eigenvalues)
print(L.svdvals(W), torch.svd(W).S, L.svd(N).S, L.svd(W)[1], L.svd(N, full_matrices=False)[2].shape)
u, s, vh = L.svd(W)
print(u.shape, vh.shape, torch.allclose(u[..., :3] * s.unsqueeze(-2) @ vh, W, atol=1e-5))
u, s, v = torch.svd(W)
print(u, s, v)
w, v = L.eigh(S)
print(torch.allclose(v * w.unsqueeze(-2) @ v.mT, S, atol=1e-5))
print(L.eigh(torch.tensor([[2., 1.], [1., 2.]])))
print(L.eigvals(torch.tensor([[0., -1.], [1., 0.]])), L.eig(torch.tensor([[2., 0.], [0., 3.]])))
show(L.pinv(W), torch.pinverse(N), L.pinv(S, hermitian=True), W.pinverse())
show(L.solve_triangular(A.tril(), B, upper=False), L.solve_triangular(A.triu(), B, upper=True), L.solve_triangular(A.triu(), B, upper=True, unitriangular=True), L.solve_triangular(A, B.mT, upper=True, left=False))
print(torch.triangular_solve(B, A), torch.triangular_solve(B[0], A[0], upper=False, transpose=True).solution)
show(torch.cholesky_solve(B, L.cholesky(S)), torch.cholesky_inverse(L.cholesky(S[0])), torch.cholesky_solve(B, L.cholesky(S, upper=True), True))
### least squares
import torch
torch.manual_seed(1)
A, B = torch.randn(5, 3), torch.randn(5, 2)
print(torch.linalg.lstsq(A, B))
print(torch.linalg.lstsq(A, B).solution, torch.linalg.lstsq(A.mT, B[:3]).solution)
print(torch.linalg.lstsq(A, B, driver='gelsd'))
print(torch.linalg.lstsq(A, B, driver='gels').solution, torch.linalg.lstsq(A, B, driver='gelss').rank)
print(torch.linalg.lstsq(torch.ones(4, 2), torch.arange(4.).unsqueeze(-1)).solution, torch.linalg.lstsq(torch.randn(2, 4, 3), torch.randn(2, 4, 1)).solution)
### norms of matrices and batches
import torch
L, inf = torch.linalg, float('inf')
torch.manual_seed(2)
A = torch.randn(2, 3, 4)
for p in ('fro', 'nuc', 1, -1, 2, -2, inf, -inf):
    print(p, L.matrix_norm(A, p), L.matrix_norm(A, p, dim=(0, 2)), L.matrix_norm(A, p, dim=(1, 0), keepdim=True), L.norm(A[0], p), L.norm(A, p, dim=(-1, 0)))
print(L.norm(A), L.norm(A, dim=1), L.norm(A, 1, dim=-1), L.norm(A[0, 0], 3), L.norm(A[0], inf), L.norm(A, dim=(0, 1)), L.norm(A, keepdim=True))
print(L.vector_norm(A), L.vector_norm(A, 1, dim=(0, 1)), L.vector_norm(A, 0), L.vector_norm(A, -inf, dim=2, keepdim=True), L.vector_norm(A.double(), dtype=torch.float64))
for p in (None, 2, -2, 'fro', 'nuc', 1, -1, inf, -inf):
    print(p, L.cond(A[..., :3].double(), p))
print(L.cond(A.double()), L.cond(torch.zeros(2, 2)), L.cond(torch.zeros(2, 2), 1), L.cond(torch.ones(2, 2), 'fro'))
print(L.matrix_rank(A), L.matrix_rank(torch.ones(3, 3)), L.matrix_rank(torch.eye(3), tol=2), L.matrix_rank(torch.diag(torch.tensor([1., 1e-3, 0.])), rtol=1e-2), L.matrix_rank(torch.eye(2), hermitian=True), L.matrix_rank(torch.zeros(0, 3)))
print(torch.norm(A, 'fro'), torch.norm(A[0], 'nuc'), A.norm(p='fro', dim=(1, 2)), torch.norm(A, 'nuc', dim=(0, 1)))
### powers and products
import torch
L = torch.linalg
torch.manual_seed(3)
A = torch.randn(2, 3, 3) / 2 + torch.eye(3)
for n in (-2, -1, 0, 1, 2, 3, 5): print(n, L.matrix_power(A, n))
print(torch.matrix_power(A[0], 2), A.matrix_power(2), L.multi_dot([A[0], A[1], A[0, :, 0]]), L.multi_dot([A[0, 0], A[1]]), L.multi_dot((torch.ones(2, 5), torch.ones(5, 3), torch.ones(3, 4))))
print(torch.matrix_exp(A), L.matrix_exp(torch.tensor([[0., 3.], [-3., 0.]])))
print(L.vecdot(A[0], A[1]), L.vander(torch.tensor([1, 2, 3])), L.vander(torch.tensor([1., 2.]), N=4), L.tensorinv(torch.eye(4).view(2, 2, 4)).shape, L.tensorsolve(torch.eye(4).view(2, 2, 4), torch.ones(2, 2)))
### empty and out=
import torch
L = torch.linalg
E, Z = torch.zeros(0, 0), torch.zeros(2, 0, 0)
print(L.inv(E), L.det(E), L.det(Z), L.slogdet(Z), L.solve(E, torch.zeros(0, 2)), L.cholesky(Z), L.eigvalsh(Z), L.svdvals(torch.zeros(0, 3)))
print(L.qr(torch.zeros(0, 3)), L.qr(torch.zeros(3, 0), 'complete'), L.svd(torch.zeros(2, 0)), L.inv(torch.zeros(0, 2, 2)), L.pinv(torch.zeros(0, 3)).shape)
A = torch.tensor([[2., 1.], [1., 3.]])
out = torch.empty(0)
r = L.inv(A, out=out)
print(out, r is out)
q, r = torch.empty(2, 2), torch.empty(2, 2)
L.qr(A, out=(q, r))
print(q, r, L.det(A, out=torch.empty(())), L.matrix_norm(A, out=torch.empty(())), torch.inverse(A, out=torch.empty(2, 2)))
### what does not fit
import torch
L = torch.linalg
def attempt(f, *args, **kwargs):
    try: print(f(*args, **kwargs))
    except Exception as e: print(type(e).__name__, isinstance(e, RuntimeError), isinstance(e, L.LinAlgError), e)
Z, I, O = torch.zeros(2, 2), torch.eye(2), torch.ones
print(L.LinAlgError, issubclass(L.LinAlgError, RuntimeError), L.LinAlgError is torch._C._LinAlgError)
try: L.inv(Z)
except L.LinAlgError as e: print('caught', e)
for f in (L.inv, torch.inverse, L.cholesky, torch.cholesky, L.det, L.qr, L.svd, L.eigh, L.slogdet, L.eigvals, L.matrix_norm, L.svdvals, L.eigvalsh, L.matrix_rank):
    attempt(f, O(3))
for f in (L.inv, L.cholesky, L.det, L.qr, L.svd, L.slogdet, L.matrix_norm, L.svdvals): attempt(f, O(2, 2, dtype=torch.int64))
for f in (L.inv, L.cholesky, L.det, L.slogdet, L.eigh, L.eig):
    attempt(f, O(2, 3))
attempt(L.inv, O(3, 2, 2)); attempt(torch.inverse, Z); attempt(L.solve, Z, O(2)); attempt(L.solve, O(3, 2, 2), O(3, 2, 1))
attempt(L.cholesky, -I); attempt(L.cholesky, -I.expand(2, 2, 2)); attempt(torch.cholesky, -I)
attempt(L.solve, torch.eye(3), O(2, 2)); attempt(L.solve, torch.eye(3), O(3, 2, dtype=torch.float64))
attempt(L.svd, torch.full((2, 2), float('nan'))); attempt(L.eig, torch.full((2, 2), float('inf'))); attempt(L.svdvals, torch.full((2, 2, 2), float('inf')))
attempt(L.qr, Z, mode='x'); attempt(L.eigh, Z, UPLO='X'); attempt(L.matrix_norm, Z, 3); attempt(L.matrix_norm, Z, 'x'); attempt(L.norm, O(3), 'nuc'); attempt(L.norm, O(2, 2, 2), 2)
attempt(L.norm, O(2, 2, 2), 2, dim=(0, 1, 2)); attempt(L.matrix_norm, Z, dim=(0, 0)); attempt(L.norm, O(2, 2, dtype=torch.int64)); attempt(L.vector_norm, Z, 'fro'); attempt(L.matrix_norm, Z, dim=(0, 5))
attempt(L.matrix_power, Z, -1); attempt(L.matrix_power, Z, .5); attempt(L.matrix_power, O(2, 3), 2); attempt(L.lstsq, O(3, 2), O(2, 1)); attempt(L.lstsq, O(3, 2), O(3, 1), driver='x'); attempt(L.multi_dot, [Z]); attempt(L.cond, Z, 3); attempt(L.cond, O(2, 3), 1)
attempt(L.solve_triangular, O(2, 2), O(3, 1), upper=True); attempt(torch.eig, Z); attempt(torch.solve, Z, Z)
### gradients
import torch
L = torch.linalg
torch.manual_seed(5)
A = torch.randn(3, 3, requires_grad=True); B = torch.randn(3, 2, requires_grad=True); W = torch.randn(4, 3, requires_grad=True)
def grads(f, *xs):
    y = f(*xs)
    ys = y if isinstance(y, tuple) else (y,)
    print(ys[0].grad_fn.name())
    sum((t * torch.arange(1., t.numel() + 1).view(t.shape)).sum() for t in ys if t.requires_grad).backward()
    for x in xs:
        print(x.grad); x.grad = None
grads(L.inv, A); grads(L.solve, A, B); grads(L.det, A); grads(L.slogdet, A); grads(torch.logdet, A) if L.det(A) > 0 else grads(lambda a: torch.logdet(a[[1, 0, 2]]), A)
grads(L.qr, W); grads(L.qr, A); grads(lambda w: L.qr(w.mT), W); grads(L.svdvals, W)
S = (A.detach() @ A.detach().mT + torch.eye(3)).requires_grad_()
grads(L.cholesky, S); grads(lambda s: L.cholesky(s, upper=True), S); grads(L.eigvalsh, S)
grads(L.pinv, W); grads(lambda w: L.pinv(w.mT), W); grads(lambda a, b: L.solve_triangular(a, b, upper=True), A, B); grads(lambda a, b: torch.cholesky_solve(b, a.tril()), (A.detach() + 3 * torch.eye(3)).requires_grad_(), B)
grads(lambda w, b: L.lstsq(w, b).solution, W, torch.randn(4, 2, requires_grad=True))
for p in ('fro', 'nuc', 1, 2, -2, float('inf')): grads(lambda w: L.matrix_norm(w, p), W)
grads(L.cond, A); grads(lambda a: L.matrix_power(a, 3), A); grads(lambda a: L.matrix_power(a, -2), A); grads(lambda a: L.multi_dot([a, a, a]), A)
print(L.inv_ex(A).inverse.grad_fn.name(), L.cholesky_ex(S).L.grad_fn.name(), torch.cholesky(S).grad_fn.name(), L.svd(W).U.grad_fn.name(), L.eigh(S)[1].grad_fn.name(), L.lstsq(W, torch.ones(4, 1)).solution.grad_fn.name())
try: L.qr(W, 'r').R.sum().backward()
except RuntimeError as e: print(e)
try: L.qr(W, 'complete').R.sum().backward()
except RuntimeError as e: print(e)
