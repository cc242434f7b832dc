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
     */
    void obey(List<WebhookEvent> events) {
        for (WebhookEvent event : events) {
            if (event instanceof ConsentChange change) {
                obey(change.account(), change.eventId(), change.recipient(), change.consent());
            }
        }
        for (WebhookEvent event : events) {
            if (event instanceof InboundText text) {
                obey(text);
            }
        }
    }

    private void obey(InboundText text) {
        Optional<Consent> consent = stopWords.read(text);
        if (consent.isPresent()) {
            numberOf(text.from())
                    .ifPresent(from -> obey(text.account(), text.providerMessageId(), from, consent.get()));
        }
    }

    /** Whether the text is a stop word. */
    boolean concerns(InboundText text) {
        return stopWords.read(text).isPresent();
    }

    private void obey(ProviderAccount account, @Nullable String eventId, PhoneNumber person, Consent consent) {
        store.consent(new ConsentWord(account, eventId, person, consent, tenantsOf.apply(account)));
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
