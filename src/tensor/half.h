/* float16 and bfloat16 as bit patterns: exact widening, narrowing with round to
 * nearest even (subnormals, infinities and nan included). Portable bit work, so
 * that every machine rounds alike.
 */
#ifndef QKV_TENSOR_HALF_H
#define QKV_TENSOR_HALF_H

#include <stdint.h>
#include <string.h>

static inline float f32_from_bits(uint32_t u) {
    float f;
    memcpy(&f, &u, sizeof f);
    return f;
}

static inline uint32_t f32_bits(float f) {
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    return u;
}

static inline float bf16_to_f32(uint16_t h) {
    return f32_from_bits((uint32_t)h << 16);
}

static inline uint16_t bf16_from_f32(float f) {
    uint32_t u = f32_bits(f);
    if ((u & 0x7FFFFFFF) > 0x7F800000) return 0x7FC0;
    return (uint16_t)((u + 0x7FFF + ((u >> 16) & 1)) >> 16);
}

/* Normal numbers: move the fields and add the bias difference. Subnormals: let a
 * float subtraction normalise them. */
static inline float f16_to_f32(uint16_t h) {
    uint32_t sign = (uint32_t)(h & 0x8000) << 16, body = (uint32_t)(h & 0x7FFF) << 13;
    uint32_t exponent = body & 0x0F800000;
    if (exponent == 0x0F800000) return f32_from_bits(sign | (body + 0x70000000));
    if (exponent == 0) {
        float f = f32_from_bits(body + 0x38800000) - f32_from_bits(0x38800000);
        return f32_from_bits(sign | f32_bits(f));
    }
    return f32_from_bits(sign | (body + 0x38000000));
}

static inline uint16_t f16_from_f32(float f) {
    uint32_t u = f32_bits(f), sign = u >> 16 & 0x8000;
    u &= 0x7FFFFFFF;
    if (u > 0x7F800000) return (uint16_t)(sign | 0x7E00);
    if (u >= 0x477FF000) return (uint16_t)(sign | 0x7C00); /* rounds past 65504 */
    if (u < 0x38800000) /* adding 0.5 makes the FPU round at the subnormals' last bit */
        return (uint16_t)(sign | (f32_bits(f32_from_bits(u) + 0.5F) - 0x3F000000));
    u += 0xFFF + (u >> 13 & 1);
    return (uint16_t)(sign | ((u - 0x38000000) >> 13));
}

#endif
