package io.github.smsdispatch.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes {@code campaigns.csv}, the file that comes along. All numbers are from ranges set aside for fiction (North
 * America 555-01xx; Ofcom 07700 900xxx; Arcep 06 39 98 xx xx), so that nobody gets a text should the file be sent.
 */
final class DemoCampaigns {
    private static final String HEADER = "message,recepient_nos,campaign,sending_time";
    private static final String[] AREAS = {
        "202", "212", "303", "312", "404", "415", "503", "512", "617", "702", "713", "808", "907"
    };
    private static final String[] DAYS = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday"};
    private static final String[] JOURS = {"lundi", "mardi", "mercredi", "jeudi", "vendredi"};
    private static final String[] CLINICS = {"Hill Road", "Lakeside", "Market Street", "Old Mill", "Riverside"};
    private static final String[] MARKETS = {"Kibuye", "Gikomba", "Kongowea", "Marikiti", "Wakulima"};

    private final Random random = new Random(20_261_121);
    private final List<String> rows = new ArrayList<>();
    private int reference = 4000;

    private DemoCampaigns() {}

    /** Writes the file named by the first argument. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), content());
    }

    static String content() {
        var campaigns = new DemoCampaigns();
        campaigns.clinics();
        campaigns.marketPrices();
        campaigns.foodDistribution();
        campaigns.vaccination();
        campaigns.vouchers();
        campaigns.youthDay();
        campaigns.floodWarning();
        campaigns.newsletter();
        campaigns.mistakes();
        Collections.shuffle(campaigns.rows, campaigns.random);
        return HEADER + "\n" + String.join("", campaigns.rows);
    }

    private void clinics() {
        for (int i = 0; i < 430; i++) {
            add(
                    "%s clinic: your appointment is on %s at %d:%02d. Please bring your card. Ref %d"
                            .formatted(pick(CLINICS), pick(DAYS), 8 + random.nextInt(9), 5 * random.nextInt(12), ref()),
                    1 + random.nextInt(2),
                    "clinic-reminders",
                    when());
        }
    }

    private void marketPrices() {
        for (int i = 0; i < 300; i++) {
            add(
                    "Bei ya leo soko la %s: mahindi KES %d kwa gunia, maharagwe KES %d, nyanya KES %d kwa kreti. Na. %d"
                            .formatted(
                                    pick(MARKETS),
                                    3000 + 10 * random.nextInt(150),
                                    7000 + 10 * random.nextInt(200),
                                    1500 + 10 * random.nextInt(90),
                                    ref()),
                    1 + random.nextInt(3),
                    "market-prices",
                    when());
        }
    }

    private void foodDistribution() {
        for (int i = 0; i < 200; i++) {
            add(
                    "توزيع المواد الغذائية يوم الخميس الساعة %d صباحًا في المركز رقم %d. أحضر بطاقتك. رقم %d"
                            .formatted(8 + random.nextInt(4), 1 + random.nextInt(12), ref()),
                    1 + random.nextInt(3),
                    "food-distribution",
                    when());
        }
    }

    private void vaccination() {
        for (int i = 0; i < 140; i++) {
            add(
                    "የክትባት ቀን፦ ሰኞ ከጠዋቱ %d ሰዓት በጤና ጣቢያ ቁጥር %d። ልጅዎን ይዘው ይምጡ። ቁጥር %d"
                            .formatted(2 + random.nextInt(3), 1 + random.nextInt(9), ref()),
                    1 + random.nextInt(2),
                    "vaccination-days",
                    when());
        }
    }

    private void vouchers() {
        for (int i = 0; i < 120; i++) {
            String text = i % 3 == 0
                    ? "Votre bon scolaire n° %d vous attend à l’école dès %s, reçu à présenter à l’accueil."
                    : "Votre bon scolaire no %d est prêt à la mairie dès %s. Gardez ce numéro.";
            add(text.formatted(ref(), pick(JOURS)), 1 + random.nextInt(3), "school-vouchers", when());
        }
    }

    private void youthDay() {
        for (int i = 0; i < 36; i++) {
            add(
                    "Youth day on Saturday! 🎉 Football ⚽, music 🎶 and a stage for you. Bring a friend 👭 Code %d"
                            .formatted(ref()),
                    2 + random.nextInt(4),
                    "youth-day",
                    when());
        }
    }

    /** Few rows with many recipients. */
    private void floodWarning() {
        for (int i = 0; i < 16; i++) {
            add(
                    "FLOOD WARNING, zone %d: move to high ground now, follow the marked routes. Bulletin %d"
                            .formatted(i + 1, ref()),
                    18 + random.nextInt(15),
                    "flood-warning",
                    "now");
        }
    }

    /** Longer than six segments, with line breaks, commas and quotes. */
    private void newsletter() {
        for (int i = 0; i < 10; i++) {
            String paragraphs = IntStream.rangeClosed(1, 8)
                    .mapToObj(number -> number + ". The well of sector " + (number + 3) + " was repaired, its water was"
                            + " tested, and the result is \"good\": boil it for one minute all the same, keep it covered,"
                            + " and tell the committee at once when it looks or smells different.")
                    .collect(Collectors.joining("\n"));
            add("Water newsletter no " + ref() + "\n" + paragraphs, 1 + random.nextInt(2), "water-newsletter", when());
        }
    }

    /** What people really type; and some rows that came twice. */
    private void mistakes() {
        row("Your parcel is at the depot.", "0770 090 0123", "clinic-reminders", "");
        row("Your parcel is at the depot.", "+12025550143,+1202555,+12025550144", "clinic-reminders", "");
        row("", "+12025550145", "clinic-reminders", "now");
        row("Meeting moved to noon.", "+12025550146", "youth-day", "next Friday");
        row("Meeting moved to one.", "+12025550147", "youth-day", "2027-02-30 09:00");
        row("Your card is ready.", "", "clinic-reminders", "");
        row("Call the office.", "+1202555O148", "clinic-reminders", "");
        rows.add("Unquoted, with a comma,+12025550149,clinic-reminders,now\n");
        rows.addAll(rows.subList(10, 15));
    }

    /** Most are sent at once; the rest shows what else a time can be. */
    private String when() {
        return switch (random.nextInt(40)) {
            case 0, 1, 2 -> "now";
            case 3, 4 -> "today";
            case 5 -> "yesterday";
            case 6, 7 -> "tomorrow";
            case 8 -> "2031-05-01 08:30";
            case 9 -> "2031-05-01T08:30:00+03:00";
            case 10 -> "2024-03-01 09:00";
            default -> "";
        };
    }

    private void add(String text, int recipients, String campaign, String when) {
        String numbers = IntStream.range(0, recipients)
                .mapToObj(i -> number())
                .distinct()
                .collect(Collectors.joining(","));
        row(text, numbers, campaign, when);
    }

    private void row(String text, String numbers, String campaign, String when) {
        rows.add(quoted(text) + "," + quoted(numbers) + "," + quoted(campaign) + "," + quoted(when) + "\n");
    }

    private String number() {
        return switch (random.nextInt(3)) {
            case 0 -> "+1%s55501%02d".formatted(pick(AREAS), random.nextInt(100));
            case 1 -> "+447700900%03d".formatted(random.nextInt(1000));
            default -> "+3363998%04d".formatted(random.nextInt(10_000));
        };
    }

    private int ref() {
        return ++reference;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
