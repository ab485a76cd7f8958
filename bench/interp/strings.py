def run():
    parts = []
    for i in range(300000):
        parts.append(f"{i}:{i * 0.5:.2f}")
    text = ",".join(parts)
    return len(text), text.count("7"), len(text.split(","))
print(run())
