package io.github.smsdispatch.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of some sixty rows with everything in it. */
final class SmallCampaign {
    /** One a row, three for the last but four, two for the long one; none for the bad ones, one for the half bad one. */
    static final int MESSAGES = 50 + 5 + 5 + 2 + 3 + 2 + 1;

    static final int ROW_ERRORS = 4;
    static final int DUPLICATES = 1;
    static final int EXPIRED = 5;

    private SmallCampaign() {}

    static Path write(Path file) throws IOException {
        var csv = new StringBuilder("message,recepient_nos,campaign,sending_time\n");
        for (int i = 0; i < 50; i++) {
            csv.append("Your card %d is ready,+120255501%02d,cards,%s\n".formatted(i, i, i % 2 == 0 ? "" : "now"));
        }
        for (int i = 0; i < 5; i++) {
            csv.append("Tomorrow %d,+4477009001%02d,later,tomorrow\n".formatted(i, i));
            csv.append("Too late %d,+4477009002%02d,late,2024-03-01 09:00\n".formatted(i, i));
        }
        csv.append("In years 0,+447700900301,later,2031-05-01 08:30\n");
        csv.append("In years 1,+447700900302,later,2031-05-01T08:30:00+03:00\n");
        csv.append("Fête 🎉,\"+33639980001,+33639980002,+33639980003\",fête,today\n");
        csv.append("\"").append("Boil the water, \"\"always\"\".\n".repeat(50)).append("\",+33639980004,water,\n");
        csv.append("Half,\"+12025550161,+1202\",cards,\n");
        csv.append(",+12025550162,cards,\n");
        csv.append("No time,+12025550163,cards,whenever\n");
        csv.append("Too, wide,+12025550164,cards,\n");
        csv.append("Your card 0 is ready,+12025550100,cards,\n");
        return Files.writeString(file, csv);
    }
}
