package io.github.smsdispatch.micrometer;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Takes everything unless told otherwise, and has delivered it when asked. */
final class FakeProvider implements SmsProvider, StatusLookup, DoubtLookup, WebhookParser, UnknownCodes {
    final ProviderAccount account;
    final Queue<Function<Submission, SubmitOutcome>> script = new ConcurrentLinkedQueue<>();
    volatile WebhookVerdict verdict = WebhookVerdict.refused(403, "not signed");

    FakeProvider(String account) {
        this.account = ProviderAccount.parse(account);
    }

    @Override
    public ProviderTraits traits() {
        return ProviderTraits.builder().receiptPatience(Duration.ofMillis(1)).build();
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        return batch.stream()
                .map(submission -> {
                    Function<Submission, SubmitOutcome> answer = script.poll();
                    return answer == null
                            ? SubmitOutcome.Accepted.as(submission.reference().toString())
                            : answer.apply(submission);
                })
                .toList();
    }

    @Override
    public int maxLookupBatch() {
        return 1;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return attempts.stream()
                .<LookupAnswer>map(attempt -> new LookupAnswer.Found(List.of(new Receipt(
                        account,
                        attempt.providerMessageIds().get(0),
                        attempt.reference(),
                        ReceiptState.DELIVERED,
                        "delivered",
                        null,
                        null))))
                .toList();
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        return new LookupAnswer.Found(List.of(new Receipt(
                account,
                attempt.reference().toString(),
                attempt.reference(),
                ReceiptState.ENROUTE,
                "on its way",
                null,
                null)));
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return verdict;
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return Map.of("status 7", 2L, "error 99", 1L);
    }
}
