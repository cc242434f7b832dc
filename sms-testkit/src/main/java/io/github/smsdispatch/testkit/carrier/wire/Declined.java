package io.github.smsdispatch.testkit.carrier.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A message of a request that is not accepted, while others of the same request may be.
 *
 * @param kind for the statistics, provider and code: {@code infobip 23}; null: not counted as a refusal
 * @param answer what the dialect will say about it in its answer to the request
 */
public record Declined(@Nullable String kind, JsonNode answer) implements Item, Decision {
    @Override
    public String toString() {
        return "Declined[" + kind + "]";
    }
}
