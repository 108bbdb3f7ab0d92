// Masks from rows of bools and back. A bool in memory is a byte of 0 or 1.
#pragma once

#include <cstring>

#include "kernels/cpu/simd.h"

namespace gradpad::kernels::GRADPAD_ISA {

#if defined(GRADPAD_ISA_AVX512)

template <class T>
GRADPAD_INLINE Mask<T> load_mask(const bool* p, int64_t n = kLanes<T>) {
  const __m128i bytes = _mm_maskz_loadu_epi8(static_cast<__mmask16>((1u << n) - 1), p);
  return Mask<T>(static_cast<typename Mask<T>::register_type>(_mm_test_epi8_mask(bytes, bytes)));
}

template <class T>
GRADPAD_INLINE void store_mask(bool* p, Mask<T> mask, int64_t n = kLanes<T>) {
  _mm_mask_storeu_epi8(p, static_cast<__mmask16>((1u << n) - 1),
                       _mm_maskz_set1_epi8(static_cast<__mmask16>(mask.mask()), 1));
}

#else

/// Four or eight bools as one word.
template <class T>
struct BoolWord {
  using type = uint64_t;
};
template <class T>
  requires(kLanes<T> <= 4)
struct BoolWord<T> {
  using type = uint32_t;
};

/// n bools of memory in the low bytes, zeros above.
template <class T>
GRADPAD_INLINE typename BoolWord<T>::type load_bools(const bool* p, int64_t n) {
  typename BoolWord<T>::type word = 0;
  if (n == kLanes<T>) {
    std::memcpy(&word, p, kLanes<T>);
  } else {
    for (int64_t i = 0; i < n; ++i) {
      word |= static_cast<typename BoolWord<T>::type>(p[i]) << (8 * i);
    }
  }
  return word;
}

/// A byte of 0 or 1 for each lane.
template <class T>
GRADPAD_INLINE typename BoolWord<T>::type bool_bytes(Mask<T> mask) {
#if defined(GRADPAD_ISA_AVX2)
  if constexpr (sizeof(T) == 4) {
    const __m256i lanes = _mm256_castps_si256(mask);
    const __m128i shorts =
        _mm_packs_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    const __m128i ones = _mm_and_si128(_mm_packs_epi16(shorts, shorts), _mm_set1_epi8(1));
    return static_cast<uint64_t>(_mm_cvtsi128_si64(ones));
  } else {
    const __m256 lanes = _mm256_castpd_ps(mask);
    const __m128 halves =
        _mm_shuffle_ps(_mm256_castps256_ps128(lanes), _mm256_extractf128_ps(lanes, 1), 0x88);
    const __m128i shorts = _mm_packs_epi32(_mm_castps_si128(halves), _mm_castps_si128(halves));
    const __m128i ones = _mm_and_si128(_mm_packs_epi16(shorts, shorts), _mm_set1_epi8(1));
    return static_cast<uint32_t>(_mm_cvtsi128_si32(ones));
  }
#elif defined(GRADPAD_ISA_SSE2)
  if constexpr (sizeof(T) == 4) {
    const __m128i lanes = _mm_castps_si128(mask);
    const __m128i shorts = _mm_packs_epi32(lanes, lanes);
    const __m128i ones = _mm_and_si128(_mm_packs_epi16(shorts, shorts), _mm_set1_epi8(1));
    return static_cast<uint32_t>(_mm_cvtsi128_si32(ones));
  } else {
    const uint32_t bits = static_cast<uint32_t>(_mm_movemask_pd(mask));
    return (bits & 1) | (bits & 2) << 7;
  }
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 4) {
    const v128_t shorts = wasm_i16x8_narrow_i32x4(mask, mask);
    const v128_t ones = wasm_v128_and(wasm_i8x16_narrow_i16x8(shorts, shorts), wasm_i8x16_splat(1));
    return static_cast<uint32_t>(wasm_i32x4_extract_lane(ones, 0));
  } else {
    const uint32_t bits = static_cast<uint32_t>(wasm_i64x2_bitmask(mask));
    return (bits & 1) | (bits & 2) << 7;
  }
#else
  typename BoolWord<T>::type word = 0;
  const uint64_t bits = mask.mask();
  for (int64_t i = 0; i < kLanes<T>; ++i) {
    word |= static_cast<typename BoolWord<T>::type>((bits >> i) & 1) << (8 * i);
  }
  return word;
#endif
}

template <class T>
GRADPAD_INLINE Mask<T> load_mask(const bool* p, int64_t n = kLanes<T>) {
  const auto word = load_bools<T>(p, n);
#if defined(GRADPAD_ISA_AVX2)
  if constexpr (sizeof(T) == 4) {
    const __m256i lanes = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(static_cast<int64_t>(word)));
    return Mask<T>(_mm256_castsi256_ps(_mm256_cmpgt_epi32(lanes, _mm256_setzero_si256())));
  } else {
    const __m256i lanes = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(static_cast<int32_t>(word)));
    return Mask<T>(_mm256_castsi256_pd(_mm256_cmpgt_epi64(lanes, _mm256_setzero_si256())));
  }
#elif defined(GRADPAD_ISA_SSE2)
  const __m128i zero = _mm_setzero_si128();
  const __m128i shorts = _mm_unpacklo_epi8(_mm_cvtsi32_si128(static_cast<int32_t>(word)), zero);
  const __m128i words = _mm_cmpgt_epi32(_mm_unpacklo_epi16(shorts, zero), zero);
  if constexpr (sizeof(T) == 4)
    return Mask<T>(_mm_castsi128_ps(words));
  else
    return Mask<T>(_mm_castsi128_pd(_mm_unpacklo_epi32(words, words)));
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  const v128_t shorts =
      wasm_u16x8_extend_low_u8x16(wasm_i32x4_make(static_cast<int32_t>(word), 0, 0, 0));
  const v128_t words = wasm_i32x4_gt(wasm_u32x4_extend_low_u16x8(shorts), wasm_i32x4_splat(0));
  if constexpr (sizeof(T) == 4)
    return Mask<T>(words);
  else
    return Mask<T>(wasm_i64x2_extend_low_i32x4(words));
#else
  alignas(64) Int<T> lanes[kLanes<T>];
  for (int64_t i = 0; i < kLanes<T>; ++i) lanes[i] = static_cast<Int<T> >((word >> (8 * i)) & 1);
  return xsimd::batch_bool_cast<T>(Batch<Int<T> >::load_aligned(lanes) != Batch<Int<T> >(0));
#endif
}

template <class T>
GRADPAD_INLINE void store_mask(bool* p, Mask<T> mask, int64_t n = kLanes<T>) {
  const auto word = bool_bytes<T>(mask);
  if (n == kLanes<T>) {
    std::memcpy(p, &word, kLanes<T>);
  } else {
    for (int64_t i = 0; i < n; ++i) p[i] = ((word >> (8 * i)) & 1) != 0;
  }
}

#endif

}  // namespace gradpad::kernels::GRADPAD_ISA
