package io.github.smsdispatch.engine;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.store.MessageStore;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Carries what people say of getting texts into the store's list of suppressed recipients. Thread-safe. */
final class Consents {
    /** Far more than come within the hours in which a provider repeats itself. */
    private static final int REMEMBERED = 10_000;

    private final MessageStore store;
    private final StopWords stopWords;
    private final Function<? super ProviderAccount, ? extends Set<String>> tenantsOf;

    /**
     * The latest texts that were obeyed: one that a provider repeats must not undo what the same person said in between.
     * Of this node and this run only.
     */
    private final Set<TextId> obeyed = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TextId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    private record TextId(ProviderAccount account, String id) {}

    Consents(
            MessageStore store,
            StopWords stopWords,
            Function<? super ProviderAccount, ? extends Set<String>> tenantsOf) {
        this.store = store;
        this.stopWords = stopWords;
        this.tenantsOf = tenantsOf;
    }

    /** Does what the provider itself tells. */
    void obey(ConsentChange change) {
        obey(change.account(), change.recipient(), change.consent());
    }

    /** Does what the text says, if it is a stop word. */
    void obey(InboundText text) {
        var id = new TextId(text.account(), text.providerMessageId());
        Optional<Consent> consent = stopWords.read(text);
        if (consent.isEmpty() || obeyed.contains(id)) {
            return;
        }
        numberOf(text.from()).ifPresent(from -> {
            obey(text.account(), from, consent.get());
            obeyed.add(id);
        });
    }

    /** Whether the text is a stop word. */
    boolean concerns(InboundText text) {
        return stopWords.read(text).isPresent();
    }

    private void obey(ProviderAccount account, PhoneNumber person, Consent consent) {
        for (String tenant : tenantsOf.apply(account)) {
            switch (consent) {
                case WITHDRAWN -> store.suppress(tenant, person);
                case GIVEN -> store.unsuppress(tenant, person);
            }
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
