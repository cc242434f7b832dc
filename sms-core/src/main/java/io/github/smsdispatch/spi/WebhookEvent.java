package io.github.smsdispatch.spi;

import io.github.smsdispatch.ProviderAccount;
import java.util.function.Function;

/** Something that a verified webhook tells. {@link #fold} stands in for the pattern switch that Java 17 lacks. */
public sealed interface WebhookEvent permits Receipt, InboundText, ConsentChange {
    /** The account that tells it. */
    ProviderAccount account();

    /** Calls the function for the event at hand. */
    <T> T fold(
            Function<? super Receipt, ? extends T> receipt,
            Function<? super InboundText, ? extends T> inbound,
            Function<? super ConsentChange, ? extends T> consent);
}
