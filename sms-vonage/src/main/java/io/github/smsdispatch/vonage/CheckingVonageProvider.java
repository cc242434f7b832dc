package io.github.smsdispatch.vonage;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import java.time.InstantSource;
import java.util.List;

/**
 * A Vonage account with an application, and so with Identity Insights, which take nothing but an application's tokens. A
 * class of its own, because what an account can do shows in the interfaces that it implements.
 */
final class CheckingVonageProvider extends VonageProvider implements RecipientCheck {
    private final IdentityInsights insights;

    CheckingVonageProvider(VonageSettings settings, ApplicationToken token, InstantSource clock) {
        super(settings, token, clock);
        this.insights = new IdentityInsights(settings, token, http());
    }

    @Override
    public int maxCheckBatch() {
        return 1;
    }

    @Override
    public List<RecipientFinding> check(List<PhoneNumber> recipients) {
        return recipients.stream().map(insights::check).toList();
    }
}
