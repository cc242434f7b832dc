package io.github.smsdispatch.googleverify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.text.Segments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code in an answer opens somebody's door: it is a secret like the key, and so is the text around it. */
class GoogleVerifyShowsNothingTest {
    private static final String CODE = "70817263";
    private static final String NUMBER = "+12025550187";
    private static final String ISSUER = "nurse-ratched";

    @Test
    void codesTextsNumbersAndKeysAreInNoLogAndNoOutcome() throws Exception {
        var shown = new ArrayList<String>();
        try (var server = new AnsweringServer();
                GoogleVerifyProvider batches = Accounts.provider(server);
                GoogleVerifyProvider single = Accounts.provider(server, "batch", "false");
                VerificationCodes codes =
                        VerificationCodes.create(Map.of("base-url", server.url(), "api-key", Accounts.API_KEY))) {
            Submission submission = Accounts.submission(
                    AttemptId.create(),
                    NUMBER,
                    Map.of(CodeRequest.TEST_TYPE, "confirmed", CodeRequest.EXTERNAL_ISSUER_ID, ISSUER));
            String issued = Accounts.issued(submission).replace("83417265", CODE);
            List<String> bodies = List.of(
                    issued,
                    issued.replace("\"uuid\"", "\"id\""),
                    "{\"code\":\"" + CODE + "\",\"error\":\"" + CODE + "\",\"errorCode\":\"" + CODE + "\"}",
                    "{\"error\":\"failed to send sms: number " + NUMBER + " code " + CODE
                            + "\",\"errorCode\":\"sms_failure\"}",
                    "{\"generatedSMS\":\"Your code: " + CODE + "\",\"code\":\"" + CODE + "\"}",
                    CODE);
            for (int status : new int[] {200, 400, 500}) {
                for (String body : bodies) {
                    server.answers(status, body)
                            .answers(status, Accounts.batch(body))
                            .answers(status, body)
                            .answers(status, body)
                            .answers(status, body);
                    shown.add(single.submit(List.of(submission)).toString());
                    shown.add(batches.submit(List.of(submission)).toString());
                    shown.add(batches.find(doubt(submission)).toString());
                    shown.add(codes.generate(
                                    PhoneNumber.parse(NUMBER),
                                    CodeRequest.of(TestType.CONFIRMED).build())
                            .toString());
                    shown.add(codes.expire(submission.reference().value()).toString());
                }
            }
            shown.add(single + " " + single.unknownCodes() + " " + CodeRequest.read(submission.attributes()));
        }
        shown.add(new GeneratedText.Ready(
                        AttemptId.create().value(),
                        PhoneNumber.parse(NUMBER),
                        "Your code: " + CODE,
                        Instant.parse("2026-11-21T10:00:00Z"))
                .toString());

        String log = Files.readString(Path.of("target", "trace.log"));
        assertThat(log)
                .contains("googleverify POST -> Answered[200")
                .contains("googleverify said a code of another form");
        assertThat(shown).hasSize(3 * 6 * 5 + 2).anyMatch(line -> line.contains("Accepted"));
        assertThat(log + shown).doesNotContain(CODE, "2025550187", "Your code", ISSUER, Accounts.API_KEY, "X-API-Key");
    }

    private static DoubtfulAttempt doubt(Submission submission) {
        return new DoubtfulAttempt(
                submission.reference(),
                submission.recipient(),
                null,
                submission.text(),
                Segments.of(submission.text()),
                Instant.now(),
                Instant.now());
    }
}
