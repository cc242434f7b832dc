package io.github.smsdispatch.infobip;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.RecipientFinding.Line;
import io.github.smsdispatch.spi.RecipientFinding.Reach;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TakenRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InfobipNumberTest {
    private static final PhoneNumber ONE = PhoneNumber.parse("+447700900101");
    private static final PhoneNumber TWO = PhoneNumber.parse("+447700900102");
    private static final PhoneNumber THREE = PhoneNumber.parse("+447700900103");
    private static final PhoneNumber FOUR = PhoneNumber.parse("+447700900104");

    private AnsweringServer infobip;
    private InfobipProvider provider;

    @BeforeEach
    void start() {
        infobip = new AnsweringServer();
        provider = Accounts.provider(infobip);
    }

    @AfterEach
    void stop() {
        provider.close();
        infobip.close();
    }

    @Test
    void manyNumbersAreAskedAboutAtOnce() {
        infobip.answers(
                200,
                """
                {"bulkId":"b","results":[
                 {"to":"447700900102","status":{"groupId":2,"id":9},"error":{"id":1,"permanent":true}},
                 {"to":"+447700900101","mccMnc":"23415","imsi":"234150999999999","servingMSC":"447700900555",
                  "originalNetwork":{"networkName":"First"},"ported":true,"portedNetwork":{"networkName":"Second"},
                  "status":{"groupId":3,"groupName":"DELIVERED","id":5,"name":"DELIVERED_TO_HANDSET"},
                  "error":{"id":0}},
                 {"to":"447700900103","mccMnc":"bad","originalNetwork":{"networkName":"First"},"ported":false,
                  "status":{"groupId":2,"id":9},"error":{"id":27,"permanent":false}}]}""");

        assertThat(provider.check(List.of(ONE, TWO, THREE, FOUR)))
                .containsExactly(
                        new RecipientFinding(
                                Reach.POSSIBLE, Line.UNKNOWN, "Second", "23415", null, "known to its network", null),
                        new RecipientFinding(
                                Reach.IMPOSSIBLE,
                                Line.UNKNOWN,
                                null,
                                null,
                                "1",
                                "not known to any network, or not able to get texts",
                                null),
                        new RecipientFinding(
                                Reach.UNKNOWN,
                                Line.UNKNOWN,
                                "First",
                                null,
                                "27",
                                "the network gave no clear answer",
                                null),
                        RecipientFinding.unknown(null, "the answer does not say anything of this number", null));
        TakenRequest request = infobip.taken();
        assertThat(request.line()).isEqualTo("POST /number/1/query");
        assertThat(Json.read(request.body()))
                .isEqualTo(Json.read("{\"to\":[\"447700900101\",\"447700900102\",\"447700900103\",\"447700900104\"]}"));
    }

    @Test
    void aSubscribersIdentityIsNotKept() {
        infobip.answers(
                200,
                "{\"results\":[{\"to\":\"447700900101\",\"imsi\":\"234150999999999\",\"servingMSC\":\"447700900555\","
                        + "\"status\":{\"groupId\":3,\"id\":5}}]}");

        assertThat(provider.check(List.of(ONE)).toString()).doesNotContain("234150999999999", "447700900");
    }

    @Test
    void notBeingAbleToAskIsNeverAReasonAgainstANumber() {
        infobip.answers(429, "", "Retry-After", "9").answers(403, "").answers(200, "<html/>");

        assertThat(provider.check(List.of(ONE, TWO)))
                .containsOnly(RecipientFinding.unknown("429", "answered 429", Duration.ofSeconds(9)));
        assertThat(provider.check(List.of(ONE))).containsExactly(RecipientFinding.unknown("403", "answered 403", null));
        assertThat(provider.check(List.of(ONE)))
                .containsExactly(
                        RecipientFinding.unknown(null, "the answer does not say anything of this number", null));
    }

    @Test
    void aRejectionForTheAccountsSakeSaysNothingOfTheNumber() {
        infobip.answers(200, "{\"results\":[{\"to\":\"447700900101\",\"status\":{\"groupId\":5,\"id\":12}}]}");

        assertThat(provider.check(List.of(ONE)))
                .extracting(RecipientFinding::reach)
                .containsExactly(Reach.UNKNOWN);
    }
}
