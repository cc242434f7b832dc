package io.github.smsdispatch.webhooks;

import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.util.List;

/** A provider that reads the same text out of every request. */
record TextingProvider(InboundText text) implements SmsProvider, WebhookParser {
    @Override
    public ProviderTraits traits() {
        return ProviderTraits.builder().build();
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        throw new AssertionError("nothing is sent here");
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return WebhookVerdict.of(List.of(text));
    }
}
