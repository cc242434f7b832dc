package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The books of one provider. */
final class Books implements CarrierBooks {
    private record OptOut(String recipient, @Nullable String sender) {}

    private final String provider;
    private final LedgerBook ledger;
    private final InstantSource clock;
    private final Supplier<Duration> listingLag;
    private final Set<OptOut> optOuts = ConcurrentHashMap.newKeySet();

    /** @param listingLag how long an accepted message is missing from lists; may change */
    Books(String provider, LedgerBook ledger, InstantSource clock, Supplier<Duration> listingLag) {
        this.provider = provider;
        this.ledger = ledger;
        this.clock = clock;
        this.listingLag = listingLag;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public @Nullable CarrierMessage find(String id) {
        return ledger.find(provider, id);
    }

    @Override
    public List<CarrierMessage> messages() {
        return own(ledger.messages());
    }

    @Override
    public List<CarrierMessage> messagesTo(String e164) {
        return own(ledger.messagesTo(e164));
    }

    @Override
    public boolean lists(CarrierMessage message) {
        return !message.acceptedAt().plus(listingLag.get()).isAfter(now());
    }

    @Override
    public boolean isOptedOut(String recipient, @Nullable String sender) {
        return optOuts.contains(new OptOut(recipient, null)) || optOuts.contains(new OptOut(recipient, sender));
    }

    @Override
    public void optOut(String recipient, @Nullable String sender) {
        optOuts.add(new OptOut(recipient, sender));
    }

    @Override
    public void optIn(String recipient) {
        optOuts.removeIf(optOut -> optOut.recipient().equals(recipient));
    }

    private List<CarrierMessage> own(List<CarrierMessage> messages) {
        return messages.stream()
                .filter(message -> message.provider().equals(provider))
                .toList();
    }
}
