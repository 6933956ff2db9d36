import { InvalidInputError } from '../../errors/index.ts'

/** How far predicted ratings are from the true ones, in units of the rating. */
export interface RatingErrors {
  readonly count: number
  /** Root of the mean squared error; 0 for none. */
  readonly rmse: number
  /** Mean absolute error; 0 for none. */
  readonly mae: number
}

/**
 * RMSE and MAE over pairs: plain means over all of them, whoever they belong to, as in Surprise.
 *
 * What a model could not predict and filled with a mean counts like the rest; leaving it out would reward silence.
 *
 * @param predicted and `actual` of equal length, finite
 * @throws InvalidInputError `LENGTH_MISMATCH`, `VALUE_NOT_FINITE` with the index
 * @see docs/definitions.md
 * @example ratingErrors(predictions.ratings, truth).rmse // 0.97
 */
export function ratingErrors(predicted: ArrayLike<number>, actual: ArrayLike<number>): RatingErrors {
  const count = predicted.length
  if (actual.length !== count) {
    throw new InvalidInputError('LENGTH_MISMATCH', `There are ${count} predictions and ${actual.length} ratings. Each prediction is compared with its own rating. Pass lists of one length.`)
  }
  let squares = 0
  let sum = 0
  for (let i = 0; i < count; i++) {
    const error = Math.abs(predicted[i]! - actual[i]!)
    if (!Number.isFinite(error)) {
      throw new InvalidInputError('VALUE_NOT_FINITE', `Prediction or rating ${i} is no finite number. One such value would make every error NaN. Leave the pair out, or predict with a fallback.`, { index: i })
    }
    squares += error * error
    sum += error
  }
  return Object.freeze({ count, rmse: count === 0 ? 0 : Math.sqrt(squares / count), mae: count === 0 ? 0 : sum / count })
}
