-- SPDX-License-Identifier: Apache-2.0
--
-- Lends permits out of a token bucket. What the bucket has and what is lent is never more than the burst. Tokens are
-- counted in permits times the period, so that all numbers are whole: limit of them come in each microsecond.
--
-- KEYS[1]  the bucket, a hash: tokens, unit (how many of them are a permit), at (microseconds), lent and holders (sums),
--          swept, and for each holder h:ID = permits lent and when it asked last
-- returns  permits lent now, microseconds until there is another one, permits left

local id = 'h:' .. ARGV[1]
local limit, period, burst = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local reserve, instances = tonumber(ARGV[5]), tonumber(ARGV[6])
local held, wanted, owed = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local rejoining, full = ARGV[10] == '1', ARGV[11] == '1'
local lent_for, kept_for = tonumber(ARGV[12]), tonumber(ARGV[13])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local function whole(number)
  return string.format('%.0f', number)
end
local function parse(holder)
  local permits, seen = string.match(holder, '^(%d+) (%d+)$')
  return tonumber(permits), tonumber(seen)
end

local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at', 'lent', 'holders', 'swept', id, 'unit')
local tokens, at = tonumber(bucket[1] or 0), tonumber(bucket[2] or now)
local lent, holders = tonumber(bucket[3] or 0), tonumber(bucket[4] or 0)
local swept, known = tonumber(bucket[5] or now), bucket[6]

-- instances may have the rule before and after a change of its limit
local unit = tonumber(bucket[7] or period)
if unit ~= period then
  tokens = math.floor(tokens * period / unit)
end

-- holders that are gone, and clocks that were set back
if now < swept or now - swept >= 1000000 then
  swept, lent, holders, known = now, 0, 0, false
  local fields = redis.call('HGETALL', KEYS[1])
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 2) == 'h:' then
      local permits, seen = parse(fields[i + 1])
      if seen > now then
        redis.call('HSET', KEYS[1], fields[i], whole(permits) .. ' ' .. whole(now))
      end
      if now - seen >= lent_for then
        redis.call('HDEL', KEYS[1], fields[i])
      else
        lent, holders = lent + permits, holders + 1
        if fields[i] == id then
          known = fields[i + 1]
        end
      end
    end
  end
end

local function room()
  return math.max(0, burst - lent - math.max(0, instances - holders) * reserve) * period
end

-- before the holder's report counts: what it has used since it was lent was there until now
local elapsed = math.max(0, now - at)
if not bucket[1] then
  tokens = full and room() or 0
  if rejoining and not full then
    owed = 0 -- there is nothing that it could have been taken from
  end
end
tokens = math.min(tokens + math.min(elapsed * limit, burst * period), room())

if known then
  lent = lent - parse(known)
else
  holders = holders + 1
end
tokens = tokens - owed * period
local granted = math.max(0, math.min(wanted - held, math.floor(tokens / period)))
tokens = tokens - granted * period
lent = lent + held + granted

redis.call('HSET', KEYS[1], 'tokens', whole(tokens), 'unit', whole(period), 'at', whole(now), 'lent', whole(lent),
  'holders', whole(holders), 'swept', whole(swept), id, whole(held + granted) .. ' ' .. whole(now))
redis.call('PEXPIRE', KEYS[1], kept_for)
return { granted, math.ceil(math.max(0, period - tokens) / limit), math.max(0, math.floor(tokens / period)) }
