/** One direction of a long short-term memory. Rows are the gates in, forget, out and new of each cell; columns the input, then the state before. */
export interface Lstm {
  weights: Float64Array;
  bias: Float64Array;
}

/** What is run over: characters × inputs, from the first to the last or the other way. */
export interface Run {
  inputs: number;
  cells: number;
  x: Float64Array;
  length: number;
  reverse: boolean;
}

/** What one direction went through, kept for learning: gates, cells and states of each character. */
export interface Trace {
  gates: Float64Array;
  cell: Float64Array;
  state: Float64Array;
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Hochreiter and Schmidhuber (1997), with forget gates. */
export function runLstm({ weights, bias }: Lstm, { inputs, cells, x, length, reverse }: Run): Trace {
  const trace = {
    gates: new Float64Array(length * 4 * cells),
    cell: new Float64Array(length * cells),
    state: new Float64Array(length * cells),
  };
  const joined = new Float64Array(inputs + cells);
  for (let step = 0; step < length; step++) {
    const at = reverse ? length - 1 - step : step;
    const before = step === 0 ? -1 : reverse ? at + 1 : at - 1;
    joined.set(x.subarray(at * inputs, (at + 1) * inputs));
    if (before >= 0) joined.set(trace.state.subarray(before * cells, (before + 1) * cells), inputs);
    multiply(weights, joined, trace.gates, at * 4 * cells, bias);
    stepCells(trace, cells, at, before);
  }
  return trace;
}

function stepCells({ gates, cell, state }: Trace, cells: number, at: number, before: number): void {
  const base = at * 4 * cells;
  for (let one = 0; one < cells; one++) {
    const into = sigmoid(gates[base + one] as number);
    const keep = sigmoid(gates[base + cells + one] as number);
    const out = sigmoid(gates[base + 2 * cells + one] as number);
    const fresh = Math.tanh(gates[base + 3 * cells + one] as number);
    const old = before >= 0 ? (cell[before * cells + one] as number) : 0;
    const now = keep * old + into * fresh;
    gates[base + one] = into;
    gates[base + cells + one] = keep;
    gates[base + 2 * cells + one] = out;
    gates[base + 3 * cells + one] = fresh;
    cell[at * cells + one] = now;
    state[at * cells + one] = out * Math.tanh(now);
  }
}

/** out[to + row] = bias[row] + row · x, for all rows, four side by side, which is faster; their number must be a multiple of four. */
export function multiply(
  matrix: Float64Array,
  x: Float64Array,
  out: Float64Array,
  to: number,
  bias: Float64Array,
): void {
  const columns = x.length;
  for (let row = 0; row < bias.length; row += 4) {
    const first = row * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    let a = bias[row] as number;
    let b = bias[row + 1] as number;
    let c = bias[row + 2] as number;
    let d = bias[row + 3] as number;
    for (let column = 0; column < columns; column++) {
      const value = x[column] as number;
      a += (matrix[first + column] as number) * value;
      b += (matrix[second + column] as number) * value;
      c += (matrix[third + column] as number) * value;
      d += (matrix[fourth + column] as number) * value;
    }
    out[to + row] = a;
    out[to + row + 1] = b;
    out[to + row + 2] = c;
    out[to + row + 3] = d;
  }
}
