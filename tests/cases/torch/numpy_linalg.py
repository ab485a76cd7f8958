### numpy.linalg: factorisations and systems of equations
import numpy as np
L = np.linalg
A = np.array([[2., 1.], [1., 3.]]); I = np.array([[1, 2], [3, 5]])
def attempt(f, *a):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
print(L.inv(A), L.inv(I), L.solve(A, np.array([3, 4])), L.solve(A, np.ones((2, 2))), L.det(A), L.det(I), L.slogdet(A), L.cholesky(A))
q, r = L.qr(np.arange(6.).reshape(3, 2)); print(q, r, L.qr(A, mode='r'))
print(L.svd(A, compute_uv=False), [x.shape for x in L.svd(np.ones((3, 2)))], L.eigvalsh(A), L.eigh(A)[0], L.pinv(np.arange(6.).reshape(3, 2)), L.matrix_rank(A), L.matrix_rank(np.ones(3)), L.matrix_power(A, -2), L.inv(np.stack([A, A])).shape, L.inv(A.astype(np.float32)).dtype, L.det(np.stack([A, 2 * A])))
attempt(L.inv, np.zeros((2, 2))); attempt(L.inv, np.ones((2, 3))); attempt(L.inv, np.ones(3)); attempt(L.cholesky, -A); attempt(L.solve, np.zeros((2, 2)), np.ones(2)); attempt(L.qr, A, 'x'); attempt(L.det, np.ones((2, 3)))
