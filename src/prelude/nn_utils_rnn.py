"""torch.nn.utils.rnn: sequences of different lengths in one tensor."""


def pad_sequence(sequences, batch_first=False, padding_value=0.0):
    """Stacks sequences (T_i, ...) as (T, B, ...), or (B, T, ...), padded at the end."""
    sequences = list(sequences)
    longest = max(s.size(0) for s in sequences)
    trailing = tuple(sequences[0].shape[1:])
    shape = (len(sequences), longest) + trailing
    out = sequences[0].new_full(shape, padding_value)
    for i, s in enumerate(sequences):
        out[i, :s.size(0)] = s
    return out if batch_first else out.transpose(0, 1)
