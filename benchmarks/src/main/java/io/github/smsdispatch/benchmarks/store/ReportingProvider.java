package io.github.smsdispatch.benchmarks.store;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Takes the messages of a {@link ReportedCampaign}, and reads webhooks that name their receipts by place. */
final class ReportingProvider implements SmsProvider, WebhookParser {
    static final ProviderAccount ACCOUNT = ProviderAccount.of("reporting");

    private final List<Receipt> receipts;
    private final int inOneRequest;

    /** @param inOneRequest how many receipts a webhook holds */
    ReportingProvider(List<Receipt> receipts, int inOneRequest) {
        this.receipts = receipts;
        this.inOneRequest = inOneRequest;
    }

    @Override
    public ProviderTraits traits() {
        return ProviderTraits.builder()
                .maxBatchSize(100)
                .receiptsPerPart(true)
                .receiptPatience(Duration.ofHours(6))
                .build();
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> submissions) {
        return submissions.stream()
                .<SubmitOutcome>map(submission -> {
                    List<String> ids = ReportedCampaign.ids(ReportedCampaign.numberIn(submission.text()));
                    return new SubmitOutcome.Accepted(ids, ids.size(), null);
                })
                .toList();
    }

    /** How many requests there are in all. */
    int requests() {
        return (receipts.size() + inOneRequest - 1) / inOneRequest;
    }

    /** One of them. */
    static WebhookRequest request(int number) {
        return new WebhookRequest(
                "POST",
                "https://sms.example.org/reporting",
                Map.of(),
                Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        int from = Integer.parseInt(new String(request.body(), StandardCharsets.US_ASCII)) * inOneRequest;
        return WebhookVerdict.of(List.copyOf(receipts.subList(from, Math.min(receipts.size(), from + inOneRequest))));
    }
}
