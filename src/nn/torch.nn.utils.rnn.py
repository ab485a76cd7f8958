"""torch.nn.utils.rnn: sequences of different lengths in one tensor."""
from collections import namedtuple
import torch


class PackedSequence(namedtuple('PackedSequence', ['data', 'batch_sizes', 'sorted_indices',
                                                   'unsorted_indices'])):
    """Sequences without their padding: step t holds the batch_sizes[t] that are longer than t.

    data holds one step after the other, (sum of batch_sizes, ...); the sequences are ordered by
    falling length, and sorted_indices says which of the caller's each one is.
    """

    def __new__(cls, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args, **kwargs):
        """The same with data converted."""
        return self._replace(data=self.data.to(*args, **kwargs))


def invert_permutation(permutation):
    """The permutation that undoes one; None stays None."""
    if permutation is None:
        return None
    output = torch.empty_like(permutation)
    output.scatter_(0, permutation, torch.arange(0, permutation.numel()))
    return output


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    """Takes the padding off input (T, B, ...), or (B, T, ...), given each sequence's length."""
    lengths = torch.as_tensor(lengths, dtype=torch.int64)
    sorted_indices = None
    if not enforce_sorted:
        lengths, sorted_indices = torch.sort(lengths, descending=True)
        input = input.index_select(0 if batch_first else 1, sorted_indices)
    if batch_first:
        input = input.transpose(0, 1)
    if lengths.size(0) != input.size(1):
        raise RuntimeError(f'Expected `len(lengths)` to be equal to batch_size, but got '
                           f'{lengths.size(0)} (batch_size={input.size(1)})')
    if (lengths[1:] > lengths[:-1]).any():
        raise RuntimeError('`lengths` array must be sorted in decreasing order when '
                           '`enforce_sorted` is True. You can pass `enforce_sorted=False` to '
                           'pack_padded_sequence and/or pack_sequence to sidestep this '
                           'requirement if you do not need ONNX exportability.')
    if lengths[-1] <= 0:
        raise RuntimeError(f'Length of all samples has to be greater than 0, but found an '
                           f'element in \'lengths\' that is <= 0')
    batch_sizes = torch.stack([(lengths > t).sum() for t in range(int(lengths[0]))])
    steps = [input[t, :n] for t, n in enumerate(batch_sizes.tolist())]
    return PackedSequence(torch.cat(steps), batch_sizes, sorted_indices)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    """The inverse of pack_padded_sequence: the padded tensor, and the lengths."""
    sizes = sequence.batch_sizes.tolist()
    longest = len(sizes)
    if total_length is not None:
        if total_length < longest:
            raise ValueError(f'Expected total_length to be at least the length of the longest '
                             f'sequence in input, but got total_length={total_length} and max '
                             f'sequence length being {longest}')
        longest = total_length
    data = sequence.data
    padded = data.new_full((longest, sizes[0]) + tuple(data.shape[1:]), padding_value)
    for t, step in enumerate(data.split(sizes)):
        padded[t, :sizes[t]] = step
    lengths = torch.tensor([sum(1 for n in sizes if n > i) for i in range(sizes[0])])
    if sequence.unsorted_indices is not None:
        padded = padded.index_select(1, sequence.unsorted_indices)
        lengths = lengths[sequence.unsorted_indices]
    return (padded.transpose(0, 1) if batch_first else padded), lengths


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


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    """The sequences without their padding, as a list."""
    rows = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [row[:n] for row, n in zip(rows, torch.as_tensor(lengths).tolist())]


def pack_sequence(sequences, enforce_sorted=True):
    """Packs a list of tensors (T_i, ...)."""
    lengths = torch.as_tensor([v.size(0) for v in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    """The sequences of a PackedSequence, as a list of tensors (T_i, ...)."""
    return unpad_sequence(*pad_packed_sequence(packed_sequences))
