package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a carrier is to be; checked.
 *
 * @param port 0: any free one
 * @param ledgerFile null: in memory only
 * @param dialects those to play, by provider, made from the provider's books
 */
public record CarrierSettings(
        int port,
        long seed,
        Script script,
        InstantSource clock,
        @Nullable Path ledgerFile,
        WebhookUrls receiptUrls,
        WebhookUrls inboundUrls,
        Map<String, Function<CarrierBooks, Dialect>> dialects) {
    public CarrierSettings {
        dialects = Map.copyOf(dialects);
    }
}
