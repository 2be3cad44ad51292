/** Rows of weights that are learned by AdaGrad with a penalty on their absolute size, so that weights of no use become exactly zero. */
export interface LearnedRows {
  width: number;
  weights: Float32Array;
  /** Adds gradient (of the log-likelihood) to one row; `step` counts texts seen. */
  update(row: number, gradient: Float32Array | Float64Array, offset: number, step: number): void;
  /** Pays what every row owes at `step`. */
  settle(step: number): void;
  /** Takes the weights as they are now into the mean. */
  remember(): void;
  /** Mean of the weights remembered, which errs less than the last ones do. */
  mean(): Float32Array;
}

export interface Rates {
  rate: number;
  /** L1 penalty per text. */
  penalty: number;
}

const INITIAL_SQUARES = 1e-2;

/** AdaGrad (Duchi et al. 2011) with lazily paid L1 shrinking. */
export function createLearnedRows(rows: number, width: number, rates: Rates): LearnedRows {
  const weights = new Float32Array(rows * width);
  const squares = new Float32Array(rows * width).fill(INITIAL_SQUARES);
  const paidAt = new Int32Array(rows);
  const { penalty } = rates;
  const sums = new Float32Array(rows * width);
  let remembered = 0;
  const shrink = (weight: number, owed: number): number => {
    if (weight > owed) return weight - owed;
    return weight < -owed ? weight + owed : 0;
  };
  const pay = (row: number, step: number) => {
    const owed = (step - (paidAt[row] as number)) * penalty * rates.rate;
    paidAt[row] = step;
    if (owed === 0) return;
    for (let at = row * width; at < (row + 1) * width; at++) {
      const weight = weights[at] as number;
      if (weight !== 0) weights[at] = shrink(weight, owed / Math.sqrt(squares[at] as number));
    }
  };
  return {
    width,
    weights,
    update: (row, gradient, offset, step) => {
      pay(row, step);
      const begin = row * width;
      for (let column = 0; column < width; column++) {
        const slope = gradient[offset + column] as number;
        if (slope < 1e-3 && slope > -1e-3) continue;
        const at = begin + column;
        const square = (squares[at] as number) + slope * slope;
        squares[at] = square;
        weights[at] = (weights[at] as number) + (rates.rate * slope) / Math.sqrt(square);
      }
    },
    settle: (step) => {
      for (let row = 0; row < rows; row++) pay(row, step);
    },
    remember: () => {
      remembered++;
      for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] as number) + (weights[at] as number);
    },
    mean: () => sums.map((sum) => sum / Math.max(1, remembered)),
  };
}
