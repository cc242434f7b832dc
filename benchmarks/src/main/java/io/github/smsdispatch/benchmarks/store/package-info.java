/**
 * What store and engine reach on a MariaDB of their own, beside loops over plain JDBC and two job libraries. {@link
 * io.github.smsdispatch.benchmarks.store.StoreBenchmark} is the door; each scenario has a class, and so has each
 * contestant.
 */
@NullMarked
package io.github.smsdispatch.benchmarks.store;

import org.jspecify.annotations.NullMarked;
