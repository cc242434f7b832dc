package io.github.smsdispatch.spi;

import java.util.Map;

/** A provider that counts what its API said and this version's tables do not know. */
public interface UnknownCodes {
    /**
     * How often each unknown code or status word was seen since the provider was made, as {@code kind code}, such as
     * {@code receipt 30999}. At most some hundred; further ones are counted together. A snapshot.
     */
    Map<String, Long> unknownCodes();
}
