/** What a call of the small things costs that every message goes through, measured with JMH. */
@NullMarked
package io.github.smsdispatch.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
