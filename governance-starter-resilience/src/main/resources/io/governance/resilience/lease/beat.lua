-- SPDX-License-Identifier: Apache-2.0
--
-- Says that an instance is alive, and counts those that are.
--
-- KEYS[1]  the instances of a service, a sorted set by the time of their last beat, in milliseconds; and '*', which
--          keeps the time of the first one
-- returns  how many are alive, the time of the first beat

local first = 1000000000000000
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local alive_for, kept_for = tonumber(ARGV[2]), tonumber(ARGV[3])

local born = redis.call('ZSCORE', KEYS[1], '*')
if not born then
  born = first + now
  redis.call('ZADD', KEYS[1], string.format('%.0f', born), '*')
end
-- first: a Redis that is full refuses it, as it does lend.lua, but not after a write of a kind that frees memory
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', now - alive_for))
-- of a clock that was set back since
redis.call('ZREMRANGEBYSCORE', KEYS[1], string.format('(%.0f', now + alive_for), string.format('(%.0f', first))
redis.call('PEXPIRE', KEYS[1], kept_for)
return { redis.call('ZCARD', KEYS[1]) - 1, tonumber(born) - first }
