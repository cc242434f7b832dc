package io.github.smsdispatch.benchmarks;

import java.util.List;

/** The contestants of one round, and what they need; closed after it. */
interface Stage extends AutoCloseable {
    /** The same names in the same order in each round; the first is the yardstick. */
    List<Contestant> contestants();

    @Override
    void close();
}
