package io.github.smsdispatch.testkit.carrier.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dialect looks things up in: what belongs to its own provider. Thread-safe. */
public interface CarrierBooks {
    /** By the carrier's clock. */
    Instant now();

    /** The message that has this among its ids, chosen by the carrier or by the sender; null: there is none. */
    @Nullable
    CarrierMessage find(String id);

    /** Those accepted so far, in the order of acceptance. */
    List<CarrierMessage> messages();

    /** Those accepted so far for this number in E.164 form, in the order of acceptance. */
    List<CarrierMessage> messagesTo(String e164);

    /** Whether lists and reports show the message by now. */
    boolean lists(CarrierMessage message);

    /**
     * Whether the recipient, in E.164 form, said STOP, to this sender or to all.
     *
     * @param sender null: a pool of senders; only a STOP to all counts
     */
    boolean isOptedOut(String recipient, @Nullable String sender);

    /** Notes that the recipient said STOP to this sender; null: to all of the provider's. */
    void optOut(String recipient, @Nullable String sender);

    /** Forgets what the recipient said, whatever sender it was about. */
    void optIn(String recipient);
}
