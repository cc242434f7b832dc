package io.github.smsdispatch.engine;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.MessageStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries what people say of getting texts into the store's list of suppressed recipients. Thread-safe. */
final class Consents {
    private final MessageStore store;
    private final StopWords stopWords;
    private final Function<? super ProviderAccount, ? extends Set<String>> tenantsOf;

    Consents(
            MessageStore store,
            StopWords stopWords,
            Function<? super ProviderAccount, ? extends Set<String>> tenantsOf) {
        this.store = store;
        this.stopWords = stopWords;
        this.tenantsOf = tenantsOf;
    }

    /**
     * Does what the events of one request say. What the provider itself tells comes first: where it goes with a text, the
     * two have one id, and what the provider has read in the text counts instead of what is read here.
     *
     * @return how many stop words came from what is no phone number, so that nobody could be suppressed
     * @throws WebhookFailedException if {@code tenantsOf} has thrown
     */
    int obey(List<WebhookEvent> events) {
        int lost = 0;
        for (WebhookEvent event : events) {
            if (event instanceof ConsentChange change) {
                obey(change.account(), change.eventId(), change.recipient(), change.consent());
            }
        }
        for (WebhookEvent event : events) {
            if (event instanceof InboundText text) {
                lost += obey(text) ? 0 : 1;
            }
        }
        return lost;
    }

    /** Returns false for a stop word of a nobody. */
    private boolean obey(InboundText text) {
        Optional<Consent> consent = stopWords.read(text);
        if (consent.isEmpty()) {
            return true;
        }
        Optional<PhoneNumber> from = numberOf(text.from());
        from.ifPresent(person -> obey(text.account(), text.providerMessageId(), person, consent.get()));
        return from.isPresent();
    }

    /** Whether the text is a stop word. */
    boolean concerns(InboundText text) {
        return stopWords.read(text).isPresent();
    }

    private void obey(ProviderAccount account, @Nullable String eventId, PhoneNumber person, Consent consent) {
        store.consent(new ConsentWord(account, eventId, person, consent, tenants(account)));
    }

    private Set<String> tenants(ProviderAccount account) {
        try {
            return Set.copyOf(tenantsOf.apply(account));
        } catch (RuntimeException | Error e) {
            throw new WebhookFailedException("tenantsOf", e);
        }
    }

    /** Empty for a short code or a name, to which no message can go either. */
    private static Optional<PhoneNumber> numberOf(String sender) {
        try {
            return Optional.of(PhoneNumber.parse(sender));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
