0 1_000 0x1f 0b101 0o17 1e10 1.5e-3 .5 5. 1j 9223372036854775807
'a' "b\n\x41\u00e9\N{BULLET}\101" r'\d' b'x' '''three
lines''' u'é' f"{x!r:>{w}.2f} {{}} {y=} {f'{z}'}" rf'{x}\d' 'a' 'b'
