def run(n):
    m = [[i * j for j in range(n)] for i in range(n)]
    s = 0
    for i in range(n):
        for j in range(n):
            s += m[i][j] - m[j][i] + 1
    return s
print(run(1000))
