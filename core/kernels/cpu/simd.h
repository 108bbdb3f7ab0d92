// The SIMD batch of the instruction set being compiled (for `*.isa.cpp` sources only), its memory
// operations, and what xsimd does poorly on WebAssembly.
//
// A part of a batch is loaded with zeros in the other lanes, so that the tail of an array goes
// through the same instructions as its body: no value depends on its position.
#pragma once

#include <cstdint>

#include "kernels/isa.h"

#if !defined(GRADPAD_ISA)
#error "kernels/cpu/simd.h is for sources compiled per instruction set (*.isa.cpp)"
#endif

#if defined(GRADPAD_ISA_GENERIC) && !defined(XSIMD_WITH_EMULATED)
#define XSIMD_WITH_EMULATED 1
#endif
#include <xsimd/xsimd.hpp>

namespace gradpad::kernels::GRADPAD_ISA {

#if defined(GRADPAD_ISA_AVX512)
using Arch = xsimd::avx512bw;
#elif defined(GRADPAD_ISA_AVX2)
using Arch = xsimd::fma3<xsimd::avx2>;
#elif defined(GRADPAD_ISA_SSE2)
using Arch = xsimd::sse2;
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
using Arch = xsimd::wasm;
#elif XSIMD_WITH_NEON64
using Arch = xsimd::neon64;
#else
using Arch = xsimd::emulated<128>;
#endif

inline constexpr Isa kIsa = Isa::GRADPAD_ISA;

/// Whether a * b + c in one rounding costs one instruction.
#if defined(GRADPAD_ISA_AVX512) || defined(GRADPAD_ISA_AVX2) || \
    (defined(GRADPAD_ISA_GENERIC) && XSIMD_WITH_NEON64)
inline constexpr bool kHasFma = true;
#else
inline constexpr bool kHasFma = false;
#endif

#if defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
inline constexpr bool kWasm = true;
#else
inline constexpr bool kWasm = false;
#endif

template <class T>
using Batch = xsimd::batch<T, Arch>;
template <class T>
using Mask = xsimd::batch_bool<T, Arch>;
template <class T>
inline constexpr int64_t kLanes = static_cast<int64_t>(Batch<T>::size);

/// The signed integer as wide as T.
template <class T>
struct IntOf;
template <>
struct IntOf<float> {
  using type = int32_t;
};
template <>
struct IntOf<double> {
  using type = int64_t;
};
template <class T>
using Int = typename IntOf<T>::type;

template <class V>
struct BatchTraits {
  using Element = V;
  static constexpr bool is_batch = false;
};
template <class T>
struct BatchTraits<Batch<T>> {
  using Element = T;
  static constexpr bool is_batch = true;
};
template <class T>
struct BatchTraits<Mask<T>> {
  using Element = bool;
  static constexpr bool is_batch = true;
};

// ---- memory ----

template <class T>
GRADPAD_INLINE Batch<T> loadu(const T* p) {
  return Batch<T>::load_unaligned(p);
}
template <class T>
GRADPAD_INLINE void storeu(T* p, Batch<T> v) {
  v.store_unaligned(p);
}

#if defined(GRADPAD_ISA_AVX2)
/// Eight set lanes, then eight clear ones: loading from 8 - n gives a mask of n lanes.
alignas(64) inline constexpr int32_t kLaneMask32[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
alignas(64) inline constexpr int64_t kLaneMask64[8] = {-1, -1, -1, -1};
#endif

#if defined(GRADPAD_ISA_AVX512)
/// The first n bits set.
template <class T>
GRADPAD_INLINE auto lane_mask(int64_t n) {
  return static_cast<typename Mask<T>::register_type>((1u << n) - 1);
}
#elif defined(GRADPAD_ISA_AVX2)
/// The first n lanes set.
template <class T>
GRADPAD_INLINE __m256i lane_mask(int64_t n) {
  if constexpr (sizeof(T) == 4) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kLaneMask32 + 8 - n));
  } else {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kLaneMask64 + 4 - n));
  }
}
#endif

/// The first n lanes, 0 < n <= kLanes<T>; zeros in the others. Nothing beyond them is read.
template <class T>
GRADPAD_INLINE Batch<T> loadu_part(const T* p, int64_t n) {
#if defined(GRADPAD_ISA_AVX512)
  if constexpr (sizeof(T) == 4)
    return Batch<T>(_mm512_maskz_loadu_ps(lane_mask<T>(n), p));
  else
    return Batch<T>(_mm512_maskz_loadu_pd(lane_mask<T>(n), p));
#elif defined(GRADPAD_ISA_AVX2)
  if constexpr (sizeof(T) == 4)
    return Batch<T>(_mm256_maskload_ps(p, lane_mask<T>(n)));
  else
    return Batch<T>(_mm256_maskload_pd(p, lane_mask<T>(n)));
#else
  if (n == kLanes<T>) return loadu<T>(p);
#if defined(GRADPAD_ISA_SSE2)
  if constexpr (sizeof(T) == 8) {
    return Batch<T>(_mm_load_sd(p));
  } else {
    if (n == 1) return Batch<T>(_mm_load_ss(p));
    const __m128 two = _mm_castpd_ps(_mm_load_sd(reinterpret_cast<const double*>(p)));
    return n == 2 ? Batch<T>(two) : Batch<T>(_mm_movelh_ps(two, _mm_load_ss(p + 2)));
  }
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 8) {
    return Batch<T>(wasm_v128_load64_zero(p));
  } else {
    if (n == 1) return Batch<T>(wasm_v128_load32_zero(p));
    const v128_t two = wasm_v128_load64_zero(p);
    return n == 2 ? Batch<T>(two) : Batch<T>(wasm_v128_load32_lane(p + 2, two, 2));
  }
#else
  alignas(64) T lanes[kLanes<T>] = {};
  for (int64_t i = 0; i < n; ++i) lanes[i] = p[i];
  return Batch<T>::load_aligned(lanes);
#endif
#endif
}

/// The first n lanes set.
template <class T>
GRADPAD_INLINE Mask<T> first_lanes(int64_t n) {
#if defined(GRADPAD_ISA_AVX512)
  return Mask<T>(lane_mask<T>(n));
#elif defined(GRADPAD_ISA_AVX2)
  if constexpr (sizeof(T) == 4)
    return Mask<T>(_mm256_castsi256_ps(lane_mask<T>(n)));
  else
    return Mask<T>(_mm256_castsi256_pd(lane_mask<T>(n)));
#else
  alignas(64) static constexpr struct Numbers {
    T lane[kLanes<T>];
    constexpr Numbers() : lane() {
      for (int64_t i = 0; i < kLanes<T>; ++i) lane[i] = static_cast<T>(i);
    }
  } kNumbers;
  return Batch<T>::load_aligned(kNumbers.lane) < Batch<T>(static_cast<T>(n));
#endif
}

/// Stores the first n lanes, 0 < n <= kLanes<T>.
template <class T>
GRADPAD_INLINE void storeu_part(T* p, Batch<T> v, int64_t n) {
#if defined(GRADPAD_ISA_AVX512)
  if constexpr (sizeof(T) == 4)
    _mm512_mask_storeu_ps(p, lane_mask<T>(n), v);
  else
    _mm512_mask_storeu_pd(p, lane_mask<T>(n), v);
#elif defined(GRADPAD_ISA_AVX2)
  if constexpr (sizeof(T) == 4)
    _mm256_maskstore_ps(p, lane_mask<T>(n), v);
  else
    _mm256_maskstore_pd(p, lane_mask<T>(n), v);
#else
  if (n == kLanes<T>) return storeu<T>(p, v);
#if defined(GRADPAD_ISA_SSE2)
  if constexpr (sizeof(T) == 8) {
    _mm_store_sd(p, v);
  } else {
    if (n == 1) return _mm_store_ss(p, v);
    _mm_store_sd(reinterpret_cast<double*>(p), _mm_castps_pd(v));
    if (n == 3) _mm_store_ss(p + 2, _mm_movehl_ps(v, v));
  }
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 8) {
    wasm_v128_store64_lane(p, v, 0);
  } else {
    if (n == 1) return wasm_v128_store32_lane(p, v, 0);
    wasm_v128_store64_lane(p, v, 0);
    if (n == 3) wasm_v128_store32_lane(p + 2, v, 2);
  }
#else
  alignas(64) T lanes[kLanes<T>];
  v.store_aligned(lanes);
  for (int64_t i = 0; i < n; ++i) p[i] = lanes[i];
#endif
#endif
}

/// Lane 0.
template <class T>
GRADPAD_INLINE T first(Batch<T> v) {
#if defined(GRADPAD_ISA_AVX512)
  if constexpr (sizeof(T) == 4)
    return _mm512_cvtss_f32(v);
  else
    return _mm512_cvtsd_f64(v);
#elif defined(GRADPAD_ISA_AVX2)
  if constexpr (sizeof(T) == 4)
    return _mm256_cvtss_f32(v);
  else
    return _mm256_cvtsd_f64(v);
#elif defined(GRADPAD_ISA_SSE2)
  if constexpr (sizeof(T) == 4)
    return _mm_cvtss_f32(v);
  else
    return _mm_cvtsd_f64(v);
#elif defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 4)
    return wasm_f32x4_extract_lane(v, 0);
  else
    return wasm_f64x2_extract_lane(v, 0);
#else
  return v.get(0);
#endif
}

// ---- arithmetic that differs between instruction sets ----

/// Lanes of `a` where `mask`, else of `b`.
template <class T>
GRADPAD_INLINE Batch<T> blend(Mask<T> mask, Batch<T> a, Batch<T> b) {
#if defined(GRADPAD_ISA_WASM) || defined(GRADPAD_ISA_WASM_RELAXED)
  return Batch<T>(wasm_v128_bitselect(a, b, mask));
#else
  return xsimd::select(mask, a, b);
#endif
}

/// a * b + c, in one rounding where the processor has it, otherwise in two.
template <class T>
GRADPAD_INLINE Batch<T> mul_add(Batch<T> a, Batch<T> b, Batch<T> c) {
#if defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 4)
    return Batch<T>(wasm_f32x4_relaxed_madd(a, b, c));
  else
    return Batch<T>(wasm_f64x2_relaxed_madd(a, b, c));
#else
  if constexpr (kHasFma)
    return xsimd::fma(a, b, c);
  else
    return a * b + c;
#endif
}

/// c - a * b, as mul_add.
template <class T>
GRADPAD_INLINE Batch<T> neg_mul_add(Batch<T> a, Batch<T> b, Batch<T> c) {
#if defined(GRADPAD_ISA_WASM_RELAXED)
  if constexpr (sizeof(T) == 4)
    return Batch<T>(wasm_f32x4_relaxed_nmadd(a, b, c));
  else
    return Batch<T>(wasm_f64x2_relaxed_nmadd(a, b, c));
#else
  if constexpr (kHasFma)
    return xsimd::fnma(a, b, c);
  else
    return c - a * b;
#endif
}

template <class T>
GRADPAD_INLINE Batch<Int<T>> bits(Batch<T> v) {
  return xsimd::bitwise_cast<Int<T>>(v);
}
template <class T>
GRADPAD_INLINE Batch<T> from_bits(Batch<Int<T>> v) {
  return xsimd::bitwise_cast<T>(v);
}

}  // namespace gradpad::kernels::GRADPAD_ISA
