class C:
    def __enter__(self): return self
    def __exit__(self, *a): return True
with C() as c, C():
    c.x.y
for i in range(3):
    with C():
        if i: continue
        break
