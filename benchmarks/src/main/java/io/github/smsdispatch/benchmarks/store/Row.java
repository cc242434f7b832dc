package io.github.smsdispatch.benchmarks.store;

import java.util.Map;

/**
 * A line of the results.
 *
 * @param scenario what was measured
 * @param contestant who was measured
 * @param unit of the value
 * @param value the median over the rounds
 * @param ratio the median over the rounds of the value by that of the first contestant in the same round; NaN: there is
 *     nothing to compare
 * @param costs for one message, or what else there is to tell, by name
 */
record Row(String scenario, String contestant, String unit, double value, double ratio, Map<String, Double> costs) {}
