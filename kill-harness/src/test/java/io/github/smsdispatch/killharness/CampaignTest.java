package io.github.smsdispatch.killharness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.Lane;
import io.github.smsdispatch.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The messages of a run")
class CampaignTest {
    private final Campaign campaign = new Campaign(1, 1000, Duration.ofMinutes(1));

    @Test
    @DisplayName("are the same each time they are made, by key, number and text")
    void theSame() {
        Message once = campaign.message(17);
        Message again = campaign.message(17);

        assertThat(again.idempotencyKey()).isEqualTo(once.idempotencyKey());
        assertThat(again.recipient()).isEqualTo(once.recipient());
        assertThat(again.text()).isEqualTo(once.text());
    }

    @Test
    @DisplayName("have keys and texts of their own, also from run to run")
    void theirOwn() {
        List<Message> all = all(campaign);
        all.addAll(all(new Campaign(2, 1000, Duration.ofMinutes(1))));

        assertThat(all).hasSize(2000);
        assertThat(all).extracting(Message::idempotencyKey).doesNotHaveDuplicates();
        assertThat(all).extracting(Message::text).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("go to numbers that are set aside for fiction, in all lanes, some long, some of which may be repeated")
    void mixed() {
        List<Message> all = all(campaign);

        assertThat(all)
                .extracting(message -> message.recipient().e164())
                .allMatch(number -> number.matches("\\+1[2-9][0-9]{2}55501[0-9]{2}"));
        assertThat(all).extracting(Message::lane).contains(Lane.values());
        assertThat(all).filteredOn(message -> message.segments().count() > 1).hasSize(100);
        assertThat(all)
                .filteredOn(message -> message.doubtPolicy() == DoubtPolicy.RESEND)
                .hasSize(50);
    }

    private static List<Message> all(Campaign campaign) {
        var all = new ArrayList<Message>();
        campaign.all().forEachRemaining(all::add);
        return all;
    }
}
