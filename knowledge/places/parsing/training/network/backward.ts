import type { Lstm, Run, Trace } from "../../network/lstm.ts";

/** Slopes of the loss: of the states (which is added to on the way), of the inputs, and of the weights. */
export interface Slopes {
  state: Float64Array;
  x: Float64Array;
  lstm: Lstm;
}

/** Backpropagation through time; adds to `slopes.x` and `slopes.lstm`. */
export function backpropagate({ weights }: Lstm, trace: Trace, run: Run, slopes: Slopes): void {
  const { inputs, cells, x, length, reverse } = run;
  const columns = inputs + cells;
  const gates = new Float64Array(length * 4 * cells);
  const joined = new Float64Array(length * columns);
  const ofCell = new Float64Array(cells);
  const ofJoined = new Float64Array(columns);
  for (let step = length - 1; step >= 0; step--) {
    const at = reverse ? length - 1 - step : step;
    const before = step === 0 ? -1 : reverse ? at + 1 : at - 1;
    gateSlopes(trace, cells, { at, before }, slopes.state, ofCell, gates);
    joined.set(x.subarray(at * inputs, (at + 1) * inputs), at * columns);
    if (before >= 0) joined.set(trace.state.subarray(before * cells, (before + 1) * cells), at * columns + inputs);
    ofJoined.fill(0);
    addTransposed(weights, gates.subarray(at * 4 * cells, (at + 1) * 4 * cells), ofJoined);
    addTo(slopes.x, at * inputs, ofJoined.subarray(0, inputs));
    if (before >= 0) addTo(slopes.state, before * cells, ofJoined.subarray(inputs));
  }
  addProducts(gates, joined, length, slopes.lstm);
}

function add(values: Float64Array, at: number, value: number): void {
  values[at] = (values[at] as number) + value;
}

function addTo(values: Float64Array, from: number, others: Float64Array): void {
  for (let at = 0; at < others.length; at++) add(values, from + at, others[at] as number);
}

function gateSlopes(
  { gates, cell }: Trace,
  cells: number,
  { at, before }: { at: number; before: number },
  ofState: Float64Array,
  ofCell: Float64Array,
  out: Float64Array,
): void {
  const base = at * 4 * cells;
  for (let one = 0; one < cells; one++) {
    const into = gates[base + one] as number;
    const keep = gates[base + cells + one] as number;
    const open = gates[base + 2 * cells + one] as number;
    const fresh = gates[base + 3 * cells + one] as number;
    const squashed = Math.tanh(cell[at * cells + one] as number);
    const state = ofState[at * cells + one] as number;
    const old = before >= 0 ? (cell[before * cells + one] as number) : 0;
    const slope = (ofCell[one] as number) + state * open * (1 - squashed * squashed);
    out[base + one] = slope * fresh * into * (1 - into);
    out[base + cells + one] = slope * old * keep * (1 - keep);
    out[base + 2 * cells + one] = state * squashed * open * (1 - open);
    out[base + 3 * cells + one] = slope * into * (1 - fresh * fresh);
    ofCell[one] = slope * keep;
  }
}

/** out += rows · matrix, four rows at a time, which is faster. */
function addTransposed(matrix: Float64Array, rows: Float64Array, out: Float64Array): void {
  const columns = out.length;
  for (let row = 0; row < rows.length; row += 4) {
    const a = rows[row] as number;
    const b = rows[row + 1] as number;
    const c = rows[row + 2] as number;
    const d = rows[row + 3] as number;
    const first = row * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    for (let column = 0; column < columns; column++) {
      const sum =
        a * (matrix[first + column] as number) +
        b * (matrix[second + column] as number) +
        c * (matrix[third + column] as number) +
        d * (matrix[fourth + column] as number);
      out[column] = (out[column] as number) + sum;
    }
  }
}

/** Adds to each weight the sum over all characters of its gate's slope and its input, four characters at a time. */
function addProducts(gates: Float64Array, joined: Float64Array, length: number, { weights, bias }: Lstm): void {
  const rows = bias.length;
  const columns = weights.length / rows;
  const whole = length - (length % 4);
  const slopeOf = (at: number, row: number): number => gates[at * rows + row] as number;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let at = 0; at < whole; at += 4) {
      const a = slopeOf(at, row);
      const b = slopeOf(at + 1, row);
      const c = slopeOf(at + 2, row);
      const d = slopeOf(at + 3, row);
      add(bias, row, a + b + c + d);
      const first = at * columns;
      const second = first + columns;
      const third = second + columns;
      const fourth = third + columns;
      for (let column = 0; column < columns; column++) {
        const sum =
          a * (joined[first + column] as number) +
          b * (joined[second + column] as number) +
          c * (joined[third + column] as number) +
          d * (joined[fourth + column] as number);
        weights[start + column] = (weights[start + column] as number) + sum;
      }
    }
    for (let at = whole; at < length; at++) addProduct(slopeOf(at, row), joined, at * columns, { weights, bias }, row);
  }
}

function addProduct(slope: number, joined: Float64Array, from: number, { weights, bias }: Lstm, row: number): void {
  const columns = weights.length / bias.length;
  add(bias, row, slope);
  for (let column = 0; column < columns; column++) {
    add(weights, row * columns + column, slope * (joined[from + column] as number));
  }
}
