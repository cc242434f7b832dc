/**
 * The engine: {@link io.github.smsdispatch.engine.DispatchEngine} is the door, all loops behind it are hidden.
 */
@NullMarked
package io.github.smsdispatch.engine;

import org.jspecify.annotations.NullMarked;
