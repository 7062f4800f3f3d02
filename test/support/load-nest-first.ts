// @nestjs/throttler is CommonJS and requires @nestjs/common, an ES module. Jest can only do that when the latter has been
// evaluated before; plain Node needs no such help.
import '@nestjs/common';
import '@nestjs/core';
