/* See fsrs.h; the names of the formulas are the source's. */
#include "config.h"

#include "schedule/fsrs.h"

#include <math.h>

/* The default weights w0..w20 of FSRS-6. */
static const double w[21] = {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
                             0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
                             1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};

#define STABILITY_MIN 0.001
#define STABILITY_MAX 36500.0

static double clamp(double x, double lo, double hi) {
    return x < lo ? lo : x > hi ? hi : x;
}

/* The forgetting curve is (1 + F t/S)^decay, with F such that it is 0.9 at t = S. */
static double decay(void) {
    return -w[20];
}

static double factor(void) {
    return pow(0.9, 1 / decay()) - 1;
}

double fsrs_recall(Memory m, double days) {
    if (m.stability <= 0) return 0;
    return pow(1 + factor() * fmax(days, 0) / m.stability, decay());
}

int fsrs_interval(double stability, double recall) {
    double days = stability / factor() * (pow(recall, 1 / decay()) - 1);
    return (int)clamp(round(days), 1, FSRS_DAYS_MAX);
}

static double first_difficulty(Grade g) {
    return w[4] - exp(w[5] * ((int)g - GRADE_AGAIN)) + 1;
}

/* Answers pull towards the grade, the less the nearer 10; and a little towards an easy item's. */
static double next_difficulty(double d, Grade g) {
    double moved = d + (10 - d) / 9 * (-w[6] * ((int)g - GRADE_GOOD));
    return clamp(w[7] * first_difficulty(GRADE_EASY) + (1 - w[7]) * moved, 1, 10);
}

static double after_pass(Memory m, Grade g, double recall) {
    double grows =
        exp(w[8]) * (11 - m.difficulty) * pow(m.stability, -w[9]) * (exp(w[10] * (1 - recall)) - 1);
    if (g == GRADE_HARD) grows *= w[15];
    if (g == GRADE_EASY) grows *= w[16];
    return m.stability * (1 + grows);
}

static double after_lapse(Memory m, double recall) {
    double forgotten = w[11] * pow(m.difficulty, -w[12]) * (pow(m.stability + 1, w[13]) - 1) *
                       exp(w[14] * (1 - recall));
    return fmin(forgotten, m.stability / exp(w[17] * w[18]));
}

static double same_day(Memory m, Grade g) {
    double k = exp(w[17] * ((int)g - GRADE_GOOD + w[18])) * pow(m.stability, -w[19]);
    return m.stability * (g >= GRADE_HARD ? fmax(k, 1) : k);
}

Memory fsrs_next(Memory m, Grade g, double days) {
    if (m.stability <= 0) return (Memory){w[g - 1], clamp(first_difficulty(g), 1, 10)};
    double recall = fsrs_recall(m, days), s;
    if (days < 1)
        s = same_day(m, g);
    else
        s = g == GRADE_AGAIN ? after_lapse(m, recall) : after_pass(m, g, recall);
    return (Memory){clamp(s, STABILITY_MIN, STABILITY_MAX), next_difficulty(m.difficulty, g)};
}

void fsrs_intervals(Memory m, double days_since, double recall, int days[4]) {
    for (int g = GRADE_AGAIN; g <= GRADE_EASY; g++)
        days[g - 1] = fsrs_interval(fsrs_next(m, (Grade)g, days_since).stability, recall);
    days[0] = MIN(days[0], days[1]);
    for (int i = 1; i < 4; i++) days[i] = MIN(MAX(days[i], days[i - 1] + 1), FSRS_DAYS_MAX);
}
