/** Catches everything that code logs, over whatever road. Not exported: the provider's contract uses it. */
@NullMarked
package io.github.smsdispatch.testkit.logs;

import org.jspecify.annotations.NullMarked;
