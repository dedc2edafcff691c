/** An answer that has everything an answer can have. */
export const ANSWER = `Memory is a **set of processes** that *encodes*, stores and retrieves what was learned [1]. It is often compared to a computer, though \`recall()\` is a kinder name for it than it deserves [1, 2].

## How it fades [1]

Ebbinghaus measured how much of a list is kept after a time $t$, and found that it falls steeply at first and slowly later [2]:

$$
R(t) = \\frac{1}{\\sqrt{1 + \\alpha t}} \\qquad \\vec{m}_{k+1} = \\vec{m}_k + \\int_0^{t} \\sum_{i=1}^{n} w_i \\, e^{-\\lambda_i s} \\, \\mathrm{d}s, \\quad \\alpha, \\lambda_i \\in \\mathbb{R}
$$

1. Within **twenty minutes** some 42 % are gone [2].
2. Within a day two thirds are:
   - of words that mean nothing [1];
   - of those that do, *fewer* [2].

| Time | Kept | Formula | Where it was found, in the words of its author |
| --- | ---: | :---: | --- |
| 20 minutes | 58 % | $t = \\frac{1}{3}$ | "After a third of an hour" [1] |
| 1 day | 34 % | $t = 24$ | "The next day at the same time" [2] |

> What is learned in parts, with pauses, is kept better than what is learned at once [2].

### The same as a program

\`\`\`python
import math

def kept(hours: float, strength: float = 1.25) -> float:
    """The share that is still there."""
    return 1.84 / (math.log10(60 * hours) ** strength + 1.84)  # a fit of his figures, and a line that is wider
\`\`\`
[1]

More stands in [his own account](https://psychclassics.yorku.ca/Ebbinghaus/). ![A curve that falls](curve.png)`;
