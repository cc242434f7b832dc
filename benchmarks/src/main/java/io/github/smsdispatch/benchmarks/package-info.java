/**
 * Measurements of SMS Dispatch beside what its users would otherwise take: all contestants in one process, in turns, so
 * that the ratios hold on any machine and in any mood of it.
 */
@NullMarked
package io.github.smsdispatch.benchmarks;

import org.jspecify.annotations.NullMarked;
