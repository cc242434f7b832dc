package io.github.smsdispatch.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A provider whose log of sent messages can be read page by page. */
public interface MessageLog {
    /**
     * Reads one page of what the account sent between two moments; blocks. An entry may come on two pages, when new ones
     * push old ones along. A provider's cursors may lead round in a circle, which a single page cannot show: whoever reads
     * bounds the number of pages, or stops at a cursor that came before.
     *
     * @param from inclusive
     * @param until exclusive
     * @param cursor null for the first page; then what the page before gave
     */
    LogAnswer readLog(Instant from, Instant until, @Nullable String cursor);
}
