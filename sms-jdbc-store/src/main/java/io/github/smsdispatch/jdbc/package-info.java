/**
 * A {@link io.github.smsdispatch.store.MessageStore} in a relational database; begin at
 * {@link io.github.smsdispatch.jdbc.JdbcMessageStore#builder}.
 */
@NullMarked
package io.github.smsdispatch.jdbc;

import org.jspecify.annotations.NullMarked;
