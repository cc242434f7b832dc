package io.github.smsdispatch.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ApplicationTokenTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_600_000_000);

    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final ApplicationToken token =
            new ApplicationToken(Accounts.APPLICATION_ID, Accounts.KEYS.getPrivate(), clock::get);

    @Test
    void isAJwtSignedWithTheApplicationsKey() throws Exception {
        String jwt = token.current();

        String[] parts = jwt.split("\\.", -1);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(Accounts.KEYS.getPublic());
        check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        JsonNode claims = Tokens.claimsOf(jwt);
        assertThat(claims.path("application_id").asText()).isEqualTo(Accounts.APPLICATION_ID);
        assertThat(claims.path("iat").asLong()).isEqualTo(1_600_000_000 - 30);
        assertThat(claims.path("exp").asLong()).isEqualTo(1_600_000_000 + 15 * 60);
        assertThat(claims.path("jti").asText()).hasSize(36);
    }

    @Test
    void isUsedForTenMinutesAndThenMadeAnew() {
        String first = token.current();

        clock.set(NOW.plusSeconds(600));
        assertThat(token.current()).isEqualTo(first);
        clock.set(NOW.plusSeconds(601));
        assertThat(token.current()).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewWhenTheClockIsSetBack() {
        String first = token.current();

        clock.set(NOW.minusSeconds(1));

        assertThat(token.current()).isNotEqualTo(first);
    }
}
