package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One realm of a verification server. Thread-safe. */
final class GoogleVerifyProvider implements SmsProvider, StatusLookup, DoubtLookup, UnknownCodes {
    /** Constant {@code maxBatchSize} (pkg/controller/issueapi/handle_issue_batch.go). */
    private static final int MAX_BATCH = 10;

    /** A message's own text is not sent, so that any will do: 255 segments of 153 characters. */
    private static final int MAX_TEXT = 255 * 153;

    private final ProviderAccount account;
    private final boolean inBatches;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final GoogleVerifyRequests requests;
    private final CodeBook codes;
    private final GoogleVerifyAnswers answers;
    private final GoogleVerifyStatus status;

    /** @param clock for what the server has forgotten or may still be doing */
    GoogleVerifyProvider(GoogleVerifySettings settings, InstantSource clock) {
        this.account = settings.account;
        this.inBatches = settings.batch;
        this.traits = ProviderTraits.builder()
                .maxBatchSize(settings.batch ? MAX_BATCH : 1)
                .maxTextLength(MAX_TEXT)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(settings.absenceProof)
                .longestCall(settings.timeout)
                .requiredAttribute(CodeRequest.TEST_TYPE)
                .build();
        this.http = new ProviderHttp(settings.account.toString(), settings.timeout);
        this.requests = new GoogleVerifyRequests(settings);
        this.codes = new CodeBook(settings.account.toString(), GoogleVerifyAnswers.CODES);
        this.answers = new GoogleVerifyAnswers(codes);
        this.status = new GoogleVerifyStatus(settings, requests, http, codes, clock);
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    /** What asks for no code, or for one that cannot be read, is refused here and left out of the call. */
    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        Map<Integer, CodeOrder> orders = new TreeMap<>();
        Map<Integer, SubmitOutcome> outcomes = new TreeMap<>();
        for (int i = 0; i < batch.size(); i++) {
            Submission submission = batch.get(i);
            try {
                orders.put(
                        i,
                        new CodeOrder(
                                submission.reference().value(),
                                submission.recipient(),
                                CodeRequest.read(submission.attributes())));
            } catch (IllegalArgumentException e) {
                outcomes.put(
                        i, SubmitOutcome.Refused.because(FailureReason.CONTENT, null, "not sent: " + e.getMessage()));
            }
        }
        if (!orders.isEmpty()) {
            List<CodeOrder> all = List.copyOf(orders.values());
            var answered = new ArrayList<SubmitOutcome>();
            for (int from = 0; from < all.size(); from += MAX_BATCH) {
                answered.addAll(handOver(all.subList(from, Math.min(from + MAX_BATCH, all.size()))));
            }
            int next = 0;
            for (Integer i : orders.keySet()) {
                outcomes.put(i, answered.get(next++));
            }
        }
        return List.copyOf(outcomes.values());
    }

    private List<SubmitOutcome> handOver(List<CodeOrder> orders) {
        if (!inBatches) {
            return orders.stream()
                    .map(order -> Outcomes.submit(
                            http, () -> requests.issue(order), result -> answers.ofIssue(order, result)))
                    .toList();
        }
        var each = new ArrayList<SubmitOutcome>();
        SubmitOutcome ofTheFirst = Outcomes.submit(http, () -> requests.batchIssue(orders), result -> {
            each.addAll(answers.ofBatch(orders, result));
            return each.get(0);
        });
        // Where nothing was sent there was no answer to read, and what holds for the first holds for all.
        return each.isEmpty() ? orders.stream().map(order -> ofTheFirst).toList() : each;
    }

    /** One: each question is a call of its own. */
    @Override
    public int maxLookupBatch() {
        return 1;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return attempts.stream().map(status::of).toList();
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        return status.of(attempt);
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return codes.unknownCodes();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "GoogleVerifyProvider[" + account + "]";
    }
}
