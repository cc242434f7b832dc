/** Command lines: {@code CommandLine} knows the options of a program, {@code Kind} what values they take. */
@NullMarked
package io.github.smsdispatch.examples.options;

import org.jspecify.annotations.NullMarked;
