/** What helps to test code that uses or extends SMS Dispatch. */
@NullMarked
package io.github.smsdispatch.testkit;

import org.jspecify.annotations.NullMarked;
